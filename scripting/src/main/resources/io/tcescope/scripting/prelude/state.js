// The tables at any moment, for reading. Every value is copied out of Java as it is asked for.
(function state(kit) {
  "use strict";
  const { host, u64, hex, want, shut } = kit;
  const [ENTRY, ALLOC, LIVE, SWEEP, DIFF, STATE] = ["an entry", "an allocation", "live()", "a sweep", "a difference", "state"].map(kit.nothingElse);
  const MOST_LIVE = 1000;

  class Win {
    #w;
    constructor(key, w) {
      if (key !== kit) throw new TypeError("windows come from a snapshot");
      this.#w = w;
    }
    get liobn() {
      return u64(this.#w.liobn());
    }
    get generation() {
      return Number(this.#w.generation());
    }
    get role() {
      return String(this.#w.role());
    }
    get mapping() {
      return String(this.#w.mapping());
    }
    get start() {
      return u64(this.#w.start());
    }
    get end() {
      return u64(this.#w.end());
    }
    get pageShift() {
      return Number(this.#w.pageShift());
    }
    get entries() {
      return Number(this.#w.entries());
    }
    get pe() {
      const buid = u64(this.#w.buid());
      return buid === 0n ? null : hex(buid);
    }
    get geometry() {
      return String(this.#w.geometry());
    }
    get hasGeometry() {
      return Boolean(this.#w.hasGeometry());
    }
    get isOpen() {
      return Boolean(this.#w.isOpen());
    }
    get opened() {
      return kit.eventAt(Number(this.#w.openedBy()));
    }
    get mapped() {
      return Number(this.#w.mapped());
    }
    get unknown() {
      return Number(this.#w.unknown());
    }
    covers(addr) {
      want(typeof addr === "bigint", "a bus address is a bigint");
      return Boolean(this.#w.covers(hex(addr)));
    }
    /** What an address of the window translates to. */
    tce(addr) {
      want(typeof addr === "bigint", "a bus address is a bigint");
      const entry = this.#w.entry(hex(addr));
      return shut(ENTRY, {
        state: String(entry[0]),
        certainty: String(entry[1]),
        tce: entry[2] === null ? null : BigInt(String(entry[2])),
        real: entry[3] === null ? null : BigInt(String(entry[3])),
        perm: Number(entry[4]),
        writer: kit.eventAt(Number(entry[5])),
      });
    }
    /** The live entries: how many, and the first runs of them that were mapped by one event. */
    live(given) {
      const { limit = 5 } = kit.options("live", given, ["limit"]);
      want(Number.isInteger(limit) && limit > 0, "live: limit is a number from 1");
      const [first, last, perms, writers, firstWriter, lastWriter, observed, ...rows] = [
        ...this.#w.live(Math.min(limit, MOST_LIVE)),
      ];
      const sample = [];
      for (let i = 0; i + 3 < rows.length; i += 4) {
        sample.push(
          shut(ALLOC, {
            ioba: BigInt(String(rows[i])),
            npages: Number(rows[i + 1]),
            mappedBy: kit.eventAt(Number(rows[i + 2])),
            certainty: String(rows[i + 3]),
          }),
        );
      }
      const edge = (text) => (text === null ? null : BigInt(String(text)));
      return shut(LIVE, {
        count: this.mapped,
        unknown: this.unknown,
        first: edge(first),
        last: edge(last),
        perms: Object.freeze([1, 2, 3].filter((perm) => Number(perms) & (1 << perm))),
        observed: Boolean(observed),
        writers: Number(writers),
        firstWriter: kit.eventAt(Number(firstWriter)),
        lastWriter: kit.eventAt(Number(lastWriter)),
        sample: Object.freeze(sample),
      });
    }
    /** The window as it was before the sweep that directly precedes this moment; itself if none. */
    beforeSweep() {
      return new Win(kit, this.#w.beforeSweep());
    }
    /** The sweep that directly precedes this moment. */
    get sweep() {
      const first = Number(this.#w.sweepFirst());
      return first === 0
        ? null
        : shut(SWEEP, { first: kit.eventAt(first), last: kit.eventAt(Number(this.#w.sweepLast())) });
    }
    toJSON() {
      const { liobn, generation, role, mapping, start, end, pageShift, entries, mapped, unknown, pe } = this;
      return { liobn, generation, role, mapping, start, end, pageShift, entries, mapped, unknown, pe };
    }
    toString() {
      return `window ${hex(this.liobn)}#${this.generation}`;
    }
  }

  class Snapshot {
    #s;
    constructor(key, s) {
      if (key !== kit) throw new TypeError("snapshots come from ctx.state");
      this.#s = s;
    }
    static hostOf(value) {
      if (typeof value !== "object" || value === null || !(#s in value)) {
        throw new TypeError("a snapshot is wanted: ctx.state.before(e), after(e) or at(n)");
      }
      return value.#s;
    }
    /** The last event that it knows, 0 before the first. */
    get id() {
      return Number(this.#s.ordinal());
    }
    windows() {
      const found = this.#s.windows();
      const list = [];
      for (let i = 0; i < found.length; i++) list.push(new Win(kit, found[i]));
      return list;
    }
    /** The open window of that LIOBN. */
    window(liobn) {
      want(typeof liobn === "bigint", "a LIOBN is a bigint");
      const found = this.#s.window(hex(liobn));
      return found === null ? null : new Win(kit, found);
    }
    /** The open window that serves a bus address, of one PE or of any. */
    resolve(addr, pe = null) {
      want(pe === null || typeof pe === "string", "a pe is a text");
      return this.windows().find((w) => w.covers(addr) && (pe === null || w.pe === pe)) ?? null;
    }
  }
  for (const [type, what] of [[Win, "a window"], [Snapshot, "a snapshot"]]) {
    Object.freeze(type);
    Object.setPrototypeOf(type.prototype, kit.nothingElse(what));
    Object.freeze(type.prototype);
  }

  const ordinal = (event, what) => {
    if (!kit.isEvent(event)) throw new TypeError(`${what} wants an event of this trace`);
    return kit.idOf(event);
  };
  const after = (n) => new Snapshot(kit, host.stateAfter(n));

  kit.win = (w) => new Win(kit, w);
  kit.after = after;
  kit.state = shut(STATE, {
    before: (event) => after(ordinal(event, "before") - 1),
    after: (event) => after(ordinal(event, "after")),
    /** After event n; a time in ns as a bigint means the last event up to then. */
    at(point) {
      if (typeof point === "bigint") return after(Number(host.eventAtTime(String(point))));
      if (!Number.isInteger(point)) throw new TypeError("a point is an event's number or a time");
      return after(point);
    },
    /** Every event that changed the translation of an address, newest first, up to an event. */
    history(addr, upTo, given) {
      const { liobn = null, limit = 100 } = kit.options("history", given, ["liobn", "limit"]);
      want(typeof addr === "bigint", "a bus address is a bigint");
      want(Number.isInteger(limit) && limit > 0, "history: limit is a number from 1");
      const wanted = liobn === null ? "" : hex(liobn);
      const found = host.history(hex(addr), ordinal(upTo, "history"), wanted, limit);
      const list = [];
      for (let i = 0; i < found.length; i++) list.push(kit.eventAt(Number(found[i])));
      return list;
    },
    /** The clearing sweep of its window that directly precedes an event. */
    sweepBefore(event) {
      const liobn = event.liobn;
      return liobn === null ? null : (this.before(event).window(liobn)?.sweep ?? null);
    },
    diff(a, b, liobn = null) {
      const wanted = liobn === null ? "" : hex(liobn);
      const counts = host.diff(Snapshot.hostOf(a), Snapshot.hostOf(b), wanted);
      return shut(DIFF, {
        added: Number(counts[0]),
        cleared: Number(counts[1]),
        changed: Number(counts[2]),
      });
    },
  });
})
