// What a rule is: checked when it is defined, run by the rows that Java selects for it.
(function rules(kit) {
  "use strict";
  const { host, hex, u64, want, known, isObject, shut } = kit;
  const [CTX, COVERAGE, ALLOC, BATCH] = ["ctx", "coverage", "an allocation", "a batch"].map(kit.nothingElse);
  const SEVERITIES = ["critical", "error", "warning", "info"];
  const CONFIDENCES = ["certain", "inferred", "low"];
  const TYPES = ["bug", "hazard", "hygiene"];
  const META = ["id", "type", "severity", "recommended", "url", "docs", "requires", "messages", "schema", "defaults"];
  const DOCS = ["summary", "why", "fix"];
  const REPORT = ["messageId", "data", "event", "severity", "confidence", "evidence", "addr", "liobn", "window"];
  const HANDLER = ["where", "run", "batch"];
  const SELECTED_SHIFT = 6;
  const HANDLER_BITS = 63;
  const defined = new WeakSet();

  const checkMeta = (meta) => {
    want(isObject(meta), "a rule has a meta object");
    known("meta", Object.keys(meta), META);
    want(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(meta.id), `meta.id: words in lower case joined by hyphens wanted, not ${meta.id}`);
    known("meta.severity", [meta.severity], SEVERITIES);
    if (meta.type !== undefined) known("meta.type", [meta.type], TYPES);
    want(isObject(meta.docs), "meta.docs: summary, why and fix are wanted");
    known("meta.docs", Object.keys(meta.docs), DOCS);
    for (const part of DOCS) {
      want(typeof meta.docs[part] === "string" && meta.docs[part] !== "", `meta.docs.${part} is missing`);
    }
    want(Array.isArray(meta.requires), "meta.requires: a list of kinds is wanted, empty if nothing is");
    known("meta.requires", meta.requires, kit.kinds);
    want(isObject(meta.messages) && Object.keys(meta.messages).length > 0, "meta.messages: at least one message is wanted");
  };

  const NO_OPTIONS = Object.freeze({ type: "object", additionalProperties: false });
  const schemaOf = (meta) => meta.schema ?? NO_OPTIONS;
  const checkDefaults = (meta) => {
    if (meta.defaults === undefined) return;
    want(isObject(meta.defaults), "meta.defaults: options by name are wanted");
    const { properties = {}, additionalProperties } = schemaOf(meta);
    for (const name of Object.keys(meta.defaults)) {
      want(additionalProperties !== false || Object.hasOwn(properties, name), `meta.defaults.${name} is not in meta.schema`);
    }
  };

  /** Checks a rule and returns it. */
  const defineRule = (rule) => {
    want(isObject(rule), "defineRule wants {meta, create}");
    known("defineRule", Object.keys(rule), ["meta", "create"]);
    checkMeta(rule.meta);
    checkDefaults(rule.meta);
    want(typeof rule.create === "function", `${rule.meta.id}: create(ctx) is missing`);
    const copy = Object.freeze({ meta: rule.meta, create: rule.create });
    defined.add(copy);
    return copy;
  };

  const fill = (template, data) =>
    template.replace(/\{(\w+)(?:\.\.(\w+)|:([^|}]*)\|([^}]*))?\}/g, (_, name, last, one, many) => {
      const value = datum(data, name);
      const count = Array.isArray(value) ? value.length : Number(value);
      if (many !== undefined) return count === 1 ? one : many;
      const ends = [value, last === undefined ? value : datum(data, last)].map(spoken);
      return ends[0] === ends[1] ? ends[0] : ends.join(" to ");
    });
  const datum = (data, name) => {
    want(data[name] !== undefined, `report: the message has {${name}}, data has not`);
    return data[name];
  };
  const spoken = (value) => (Array.isArray(value) ? listed(value.map(plain)) : String(plain(value)));
  /** "a", "a and b", "a, b and c", as the built-in checks say it. */
  const listed = (items) => {
    if (items.length < 2) return items.length === 0 ? "none" : String(items[0]);
    return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
  };
  const plain = (value) => {
    if (typeof value === "bigint") return hex(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
    return String(value);
  };

  /** Which table an event is about; the end of the trace is told with its last record, and about none. */
  const liobnOf = (event) => (event.kind === "trace.end" ? null : event.liobn);

  const report = (meta, entry) => {
    want(isObject(entry), "report wants {messageId, event, ...}");
    known("report", Object.keys(entry), REPORT);
    known("report.messageId", [entry.messageId], Object.keys(meta.messages));
    want(kit.isEvent(entry.event), "report.event: an event of this trace is wanted");
    const data = entry.data ?? {};
    const severity = entry.severity ?? meta.severity;
    const confidence = entry.confidence ?? "certain";
    known("report.severity", [severity], SEVERITIES);
    known("report.confidence", [confidence], CONFIDENCES);
    const steps = (entry.evidence ?? []).filter((step) => step !== null && step !== undefined);
    for (const step of steps) {
      want(isObject(step) && kit.isEvent(step.event), "report.evidence: {event, note} is wanted");
      known("report.evidence", Object.keys(step), ["event", "note"]);
    }
    const window = entry.window ?? (entry.liobn === undefined ? entry.event.window : null);
    const liobn = entry.liobn ?? window?.liobn ?? (entry.liobn === undefined ? liobnOf(entry.event) : null);
    const generation = window?.generation ?? (liobn !== null && kit.isFresh(entry.event) && entry.event.liobn === liobn ? entry.event.generation : 0);
    for (const [name, value] of [["liobn", liobn], ["addr", entry.addr ?? null]]) {
      want(value === null || typeof value === "bigint", `report.${name}: a bigint is wanted`);
    }
    const words = { event: kit.idOf(entry.event), ...data };
    if (liobn !== null) words.liobn ??= liobn;
    const addr = entry.addr ?? null;
    if (addr !== null) words.ioba ??= addr;
    host.report([
      kit.idOf(entry.event), severity, confidence, fill(meta.messages[entry.messageId], words),
      liobn === null ? "" : hex(liobn), generation, addr === null ? "" : hex(addr),
      Object.keys(data), Object.values(data).map(plain),
      steps.map((step) => kit.idOf(step.event)), steps.map((step) => String(step.note)), entry.messageId,
    ]);
  };

  const freezeDeep = (value) => {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value);
      Object.values(value).forEach(freezeDeep);
    }
    return value;
  };

  const context = (meta, given) => {
    const options = { ...meta.defaults, ...given };
    const faults = kit.faults(options, schemaOf(meta));
    want(faults.length === 0, faults.join("; "));
    return shut(CTX, {
      options: freezeDeep(options),
      state: kit.state,
      coverage: shut(COVERAGE, {
        complete: (kind, liobn = null) => coverage(kind, liobn) === "",
        why: (kind, liobn = null) => coverage(kind, liobn),
      }),
      report: (entry) => report(meta, entry),
      notApplicable: (reason) => host.notApplicable(String(reason)),
      hex,
    });
  };
  const coverage = (kind, liobn) => {
    known("coverage", [kind], kit.kinds);
    return String(host.coverage(kind, liobn === null ? "" : hex(liobn)));
  };

  const synchronous = (result) => {
    want(!(typeof result === "object" && result !== null && typeof result.then === "function"),
      "a handler must not be asynchronous: it returned a promise");
  };

  /** The payload of kinds that Java derives. */
  const more = () => {
    const subject = host.subject();
    if (subject === null) return undefined;
    const kind = String(subject[0]);
    if (kind === "window") return { window: kit.win(subject[1]), cause: String(subject[2]) };
    if (kind === "sweep") {
      return { window: kit.win(subject[1]), first: kit.eventAt(Number(subject[2])), last: kit.eventAt(Number(subject[3])) };
    }
    return {
      window: kit.win(subject[1]),
      alloc: shut(ALLOC, {
        ioba: u64(subject[2]), npages: Number(subject[3]), mappedBy: kit.eventAt(Number(subject[4])),
        freedBy: kit.eventAt(Number(subject[5])), certainty: String(subject[6]),
        device: subject[7] === null ? null : String(subject[7]),
      }),
    };
  };

  const batchColumns = (buffers) => {
    const arrays = kit.columns(buffers);
    const view = Object.setPrototypeOf({ n: 0, event: undefined }, BATCH);
    const { id, liobn, ioba, index, npages, perm, real, tce, status } = arrays;
    Object.assign(view, { id, liobn, ioba, index, npages, perm, real, tce, status });
    view.event = (i) => {
      if (!Number.isInteger(i) || i < 0 || i >= view.n) throw new RangeError(`row ${i} of ${view.n}`);
      return kit.eventAt(id[i]);
    };
    return view;
  };

  /** Makes the handlers; Java learns what to select for them. */
  const start = (rule, given) => {
    const handlers = [];
    const subscribe = (kind, handler) => {
      known("handlers", [kind], kit.kinds);
      const { where = "", run, batch } = typeof handler === "function" ? { run: handler } : kit.options(kind, handler, HANDLER);
      want(typeof where === "string", `${kind}: where is a text`);
      want((typeof run === "function") !== (typeof batch === "function"), `${kind}: a function, {where, run} or {where, batch} is wanted`);
      want(handlers.length < HANDLER_BITS, "too many handlers");
      const buffers = host.subscribe(kind, where, typeof batch === "function", handlers.length, run ?? batch);
      const columns = buffers === null ? null : batchColumns(buffers);
      handlers.push({ run, batch, columns });
    };
    const made = rule.create(context(rule.meta, given));
    want(isObject(made), "create(ctx) returns the handlers by kind");
    for (const [kind, handler] of Object.entries(made)) subscribe(kind, handler);
    return runner(handlers);
  };

  const runner = (handlers) => {
    const selected = new Int32Array(new ArrayBuffer(host.selection()));
    const progress = new Int32Array(new ArrayBuffer(host.progress()));
    const runs = handlers.map((handler) => handler.run);
    const { Event, ids } = kit;
    return {
      rows(place, count) {
        kit.moveTo(place);
        for (let i = 0; i < count; i++) {
          const chosen = selected[i];
          const row = chosen >> SELECTED_SHIFT;
          progress[0] = i;
          const result = runs[chosen & HANDLER_BITS](new Event(place + row, ids[row]));
          if (result !== undefined) synchronous(result);
        }
      },
      derived(place, kind) {
        kit.moveTo(place);
        const chosen = selected[0];
        const event = kit.derivedEvent(chosen >> SELECTED_SHIFT, kit.kinds[kind], more());
        synchronous(runs[chosen & HANDLER_BITS](event));
      },
      batch(place, handler, count) {
        kit.moveTo(place);
        const { columns, batch } = handlers[handler];
        columns.n = count;
        synchronous(batch(columns));
      },
    };
  };

  kit.api.defineRule = defineRule;
  kit.isRule = (value) => defined.has(value);
  kit.startRule = start;
  /** The same with options as texts of the command line. */
  kit.startTold = (rule, texts) => {
    const { properties = {} } = schemaOf(rule.meta);
    const read = ([name, text]) => [name, kit.read(String(text), Object.hasOwn(properties, name) ? properties[name] : undefined)];
    return start(rule, Object.fromEntries(Object.entries(texts).map(read)));
  };
})
