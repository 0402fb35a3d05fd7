// The API of tcescope's rules and scripts. 64-bit quantities (bus and real addresses, TCE words,
// LIOBNs, times in ns) are bigint; ordinals, indexes, counts and permissions are number.

declare var console: import("tcescope").Console;

declare module "tcescope" {
  export type Addr = bigint;
  export type Liobn = bigint;
  export type Nanos = bigint;
  export type Certainty = "observed" | "inferred" | "unknown";
  export type Severity = "critical" | "error" | "warning" | "info";
  export type Confidence = "certain" | "inferred" | "low";
  export type Kind = keyof EventMap;

  /**
   * One record of the trace, or something that follows from it. What is not recorded is null. To read
   * a member that there is not is an error, here and in all that the API gives. Queries (`where`) call
   * some members otherwise: `status` is `ret` there, `npages` `pages`, `id` `event`, `t` `time`, `pe`
   * `buid`, `pageShift` `page_shift`; and `call` names calls as recorded, `kind` their group.
   */
  export interface Event<K extends string = string> {
    /** Position in the run, from 1. */
    readonly id: number;
    readonly kind: K;
    readonly t: Nanos | null;
    readonly line: number;
    readonly where: { readonly file: string; readonly line: number };
    /** The record as it stands in the file. */
    readonly text: string;
    readonly status: number | null;
    readonly ok: boolean | null;
    readonly certainty: Certainty;
    readonly liobn: Liobn | null;
    /** Which window of that LIOBN, from 1; 0 if none. */
    readonly generation: number;
    readonly ioba: Addr | null;
    readonly addr: Addr | null;
    readonly index: number | null;
    readonly npages: number | null;
    readonly tce: bigint | null;
    readonly real: Addr | null;
    readonly perm: 0 | 1 | 2 | 3 | null;
    /** BUID of the PCI host bridge, hex. */
    readonly pe: string | null;
    readonly start: Addr | null;
    readonly available: number | null;
    readonly pageShift: number | null;
    readonly entries: number | null;
    readonly lost: number | null;
    /** Host thread or process, or guest task, by its number. */
    readonly thread: number | null;
    readonly cpu: number | null;
    /** Name of the task. */
    readonly task: string | null;
    /** Name of the device, as recorded. */
    readonly device: string | null;
  }
  /**
   * Delivered with the record that tells: of a table that QEMU made by itself (boot, reset, plug) that
   * is its bridge's next one, up to seconds later. The opening is `window.opened`, with its own `t`.
   */
  export interface WindowEvent<K extends string> extends Event<K> {
    readonly window: Win;
    /** Why it came or went: create, remove, reset, auto-restore, machine-reset, unplug, ... */
    readonly cause: string;
  }
  export interface SweepEvent extends Event<"sweep"> {
    readonly window: Win;
    readonly first: Event;
    readonly last: Event;
  }
  export interface AllocEvent<K extends string> extends Event<K> {
    readonly window: Win;
    readonly alloc: Alloc & { readonly freedBy: Event | null; readonly device: string | null };
  }
  export interface EventMap {
    "tce.put": Event<"tce.put">;
    "tce.indirect": Event<"tce.indirect">;
    "tce.stuff": Event<"tce.stuff">;
    "tce.get": Event<"tce.get">;
    "ddw.query": Event<"ddw.query">;
    "ddw.create": Event<"ddw.create">;
    "ddw.remove": Event<"ddw.remove">;
    "ddw.reset": Event<"ddw.reset">;
    "dma.access": Event<"dma.access">;
    "dma.fault": Event<"dma.fault">;
    "eeh.freeze": Event<"eeh.freeze">;
    "alloc.failed": Event<"alloc.failed">;
    "machine.reset": Event<"machine.reset">;
    log: Event<"log">;
    other: Event<"other">;
    "trace.gap": Event<"trace.gap">;
    "window.opened": WindowEvent<"window.opened">;
    "window.closed": WindowEvent<"window.closed">;
    sweep: SweepEvent;
    /** Of more than 512 entries: what its first call mapped; each further one is an `alloc.grown`. */
    "alloc.made": AllocEvent<"alloc.made">;
    /** One more call went on with an allocation: `alloc` is all of it. */
    "alloc.grown": AllocEvent<"alloc.grown">;
    "alloc.freed": AllocEvent<"alloc.freed">;
    "alloc.leaked": AllocEvent<"alloc.leaked">;
    "trace.end": Event<"trace.end">;
  }

  export interface Tce {
    readonly state: "mapped" | "clear" | "unknown" | "outside";
    readonly certainty: Certainty;
    readonly tce: bigint | null;
    readonly real: Addr | null;
    readonly perm: 0 | 1 | 2 | 3;
    readonly writer: Event | null;
  }
  export interface Alloc {
    readonly ioba: Addr;
    readonly npages: number;
    readonly mappedBy: Event;
    readonly certainty: Certainty;
  }
  export interface Live {
    readonly count: number;
    readonly unknown: number;
    readonly first: Addr | null;
    readonly last: Addr | null;
    readonly perms: readonly number[];
    /** True if a record states at least one of them. */
    readonly observed: boolean;
    readonly writers: number;
    readonly firstWriter: Event | null;
    readonly lastWriter: Event | null;
    readonly sample: readonly Alloc[];
  }
  export interface Win {
    readonly liobn: Liobn;
    readonly generation: number;
    readonly role: "default" | "ddw" | "vio" | "unknown";
    readonly mapping: "undecided" | "direct" | "dynamic" | "hybrid";
    readonly start: Addr;
    readonly end: Addr;
    readonly pageShift: number;
    readonly entries: number;
    readonly pe: string | null;
    /** How place and size are known: a record states them, they follow from calls, or are as usual. */
    readonly geometry: "observed" | "inferred" | "assumed" | "unknown";
    readonly hasGeometry: boolean;
    readonly isOpen: boolean;
    /** The record that opened it: what counts for how long a window has been open. */
    readonly opened: Event | null;
    readonly mapped: number;
    readonly unknown: number;
    readonly sweep: { readonly first: Event; readonly last: Event } | null;
    covers(addr: Addr): boolean;
    tce(addr: Addr): Tce;
    live(options?: { limit?: number }): Live;
    /** The window before the sweep that directly precedes this moment; itself if there is none. */
    beforeSweep(): Win;
  }
  export interface Snapshot {
    readonly id: number;
    windows(): Win[];
    window(liobn: Liobn): Win | null;
    resolve(addr: Addr, pe?: string | null): Win | null;
  }
  export interface State {
    before(event: Event): Snapshot;
    after(event: Event): Snapshot;
    /** After event n, or (a bigint) after the last event up to a time. */
    at(point: number | Nanos): Snapshot;
    /** Events that changed the translation of an address, newest first. */
    history(addr: Addr, upTo: Event, options?: { liobn?: Liobn | null; limit?: number }): Event[];
    sweepBefore(event: Event): { readonly first: Event; readonly last: Event } | null;
    diff(a: Snapshot, b: Snapshot, liobn?: Liobn | null): { added: number; cleared: number; changed: number };
  }
  export interface Report {
    /** By it baselines know a finding again: it should stay when its message is worded better. */
    messageId: string;
    event: Event;
    data?: Record<string, unknown>;
    severity?: Severity;
    confidence?: Confidence;
    evidence?: Array<{ event: Event; note: string } | null | undefined>;
    addr?: Addr | null;
    /**
     * Which table it is about: if it is not told that of `window`, else the event's (of `trace.end`,
     * none); null for none. Baselines keep findings about different tables apart.
     */
    liobn?: Liobn | null;
    window?: Win;
  }
  export interface Context<O = Record<string, unknown>> {
    readonly options: O;
    readonly state: State;
    readonly coverage: {
      complete(kind: Kind, liobn?: Liobn | null): boolean;
      why(kind: Kind, liobn?: Liobn | null): string;
    };
    report(report: Report): void;
    notApplicable(reason: string): void;
    hex(value: bigint | number): string;
  }
  export interface Columns<K extends Kind> {
    readonly n: number;
    readonly id: Float64Array;
    readonly liobn: BigUint64Array;
    readonly ioba: BigUint64Array;
    readonly tce: BigUint64Array;
    readonly real: BigUint64Array;
    /** NaN where it is not known; so are `npages` and `status`. */
    readonly index: Float64Array;
    readonly npages: Float64Array;
    readonly status: Float64Array;
    /** 255 where it is not known. */
    readonly perm: Uint8Array;
    event(row: number): EventMap[K];
  }
  export type Handler<K extends Kind> =
    | ((event: EventMap[K]) => void)
    | { where?: string; run(event: EventMap[K]): void }
    | { where?: string; batch(columns: Columns<K>): void };
  export interface Rule<O = any> {
    meta: {
      id: string;
      type?: "bug" | "hazard" | "hygiene";
      severity: Severity;
      recommended?: boolean;
      url?: string;
      docs: { summary: string; why: string; fix: string };
      /** Kinds without which the rule is not applicable; never "ok". */
      requires: Kind[];
      /** By id: `{name}` is a datum, `{name:one|many}` one of two words by whether the datum is 1, `{first..last}` a range. */
      messages: Record<string, string>;
      /** JSON Schema of the options, with `properties`; a rule without one takes none. */
      schema?: object;
      /** Of options that the schema names. */
      defaults?: O;
    };
    create(ctx: Context<O>): { [K in Kind]?: Handler<K> };
  }
  /** Of rules it goes to standard error, with the rule and the event's line: up to 100 lines a recording. */
  export interface Console {
    log(...values: unknown[]): void;
    info(...values: unknown[]): void;
    debug(...values: unknown[]): void;
    warn(...values: unknown[]): void;
    error(...values: unknown[]): void;
    table(rows: Iterable<object>): void;
  }
  export function defineRule<O = any>(rule: Rule<O>): Rule<O>;
}

declare module "tcescope/test" {
  import type { Confidence, Rule, Severity } from "tcescope";
  export interface Case {
    name: string;
    trace: string;
    options?: object;
  }
  export interface Expected {
    messageId: string;
    line: number;
    evidence?: number[];
    confidence?: Confidence;
    severity?: Severity;
  }
  export const ruleTester: {
    run(
      rule: Rule,
      cases: { valid?: Case[]; invalid?: Array<Case & { findings: Expected[] }>; notApplicable?: Case[] },
    ): void;
  };
}

declare module "tcescope/script" {
  import type { Console, Event, EventMap, Kind, Liobn, Nanos, Snapshot, State, Win } from "tcescope";
  export const trace: {
    windows(point?: number | Nanos): Win[];
    window(liobn: Liobn): Win | null;
    readonly end: Snapshot;
    readonly state: State;
    readonly length: number;
    readonly source: string;
    event(n: number): Event | null;
    /** Those that a query finds: `{where: "ret != 0"}` or `"ret != 0"`; a query's names are not those of `Event`. */
    events(query?: string | { where?: string }): Iterable<Event> & { count(): number };
    on<K extends Kind>(
      kind: K,
      handler: ((event: EventMap[K]) => void) | { where?: string; run(event: EventMap[K]): void },
    ): void;
  };
  export const args: readonly string[];
  export function hex(value: bigint | number): string;
  export const console: Console;
}
