// The trace as a script sees it: windows, events to walk through, handlers to run over the replay.
(function script(kit) {
  "use strict";
  const { host, want, known } = kit;
  const handlers = [];

  class Events {
    #where;
    constructor(where) {
      this.#where = where;
    }
    *[Symbol.iterator]() {
      const walk = host.walk(this.#where);
      for (let row = walk.next(); row >= 0; row = walk.next()) {
        yield kit.walkedEvent(row);
      }
    }
    /** How many there are. */
    count() {
      let n = 0;
      for (const _ of this) n++;
      return n;
    }
  }
  Object.freeze(Events.prototype);

  const trace = Object.setPrototypeOf({
    /** The windows at the end, or at a point. */
    windows: (point) => (point === undefined ? trace.end : kit.state.at(point)).windows(),
    window: (liobn) => trace.end.window(liobn),
    get end() {
      return kit.after(Number(host.events()));
    },
    state: kit.state,
    get length() {
      return Number(host.events());
    },
    get source() {
      return String(host.source());
    },
    event(n) {
      want(Number.isInteger(n), "trace.event wants an event's number");
      return kit.eventAt(n);
    },
    /** All events, or those that a query finds, given as {where} or by itself. */
    events(given) {
      const { where = "" } = typeof given === "string" ? { where: given } : kit.options("trace.events", given, ["where"]);
      want(typeof where === "string", "where is a text in the language of search");
      return new Events(where);
    },
    /** Calls a function for every event of a kind, when the script's own text is done. */
    on(kind, handler) {
      known("trace.on", [kind], kit.kinds);
      const { run } = typeof handler === "function" ? { run: handler } : kit.options("trace.on", handler, ["where", "run"]);
      want(typeof run === "function", "trace.on wants a function or {where, run}");
      handlers.push([kind, handler]);
    },
  }, kit.nothingElse("trace"));
  Object.freeze(trace);
  kit.api.trace = trace;
  kit.api.hex = kit.hex;
  kit.api.args = Object.freeze([...host.args()].map(String));
  kit.handlers = () => handlers.length;
  kit.startHandlers = () => {
    const made = {};
    for (const [kind, handler] of handlers) {
      want(!(kind in made), `trace.on: ${kind} has a handler already`);
      made[kind] = handler;
    }
    return kit.startRule({ meta: { schema: { type: "object" } }, create: () => made }, {});
  };
  for (const name of ["trace", "hex", "args"]) globalThis[name] = kit.api[name];
})
