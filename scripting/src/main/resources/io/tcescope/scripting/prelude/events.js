// Events as scripts see them: a light handle on a row of the columns that Java fills. When the row
// holds another event by now, the record is read again, so events can be kept.
(function events(kit) {
  "use strict";
  const { host } = kit;
  // Of numbers that a row may lack, a column says so by itself; of words of 64 bits, a bit here.
  const [HAS_LIOBN, HAS_IOBA, HAS_TCE, HAS_REAL, HAS_TIME] = [1, 2, 4, 8, 16];
  const NO_PERM = 255;
  const UNSIGNED = 64;
  const kinds = String(host.kinds()).split(" ");
  const inferred = ["observed", "inferred", "unknown"];

  const u64 = (value) => BigInt.asUintN(UNSIGNED, BigInt(value));
  const hex = (value) => {
    if (typeof value !== "bigint" && !Number.isSafeInteger(value)) {
      throw new TypeError(`hex wants a bigint or an integer, not ${typeof value}`);
    }
    return `0x${BigInt.asUintN(UNSIGNED, BigInt(value)).toString(16)}`;
  };

  /** Typed arrays over the buffers of a batch, which are read-only. */
  const columns = (buffers) => {
    const over = (Type, at) => new Type(new ArrayBuffer(buffers[at]));
    return {
      id: over(Float64Array, 0),
      line: over(Float64Array, 1),
      liobn: over(BigUint64Array, 2),
      ioba: over(BigUint64Array, 3),
      tce: over(BigUint64Array, 4),
      real: over(BigUint64Array, 5),
      t: over(BigInt64Array, 6),
      index: over(Float64Array, 7),
      npages: over(Float64Array, 8),
      status: over(Float64Array, 9),
      has: over(Int32Array, 10),
      generation: over(Int32Array, 11),
      kind: over(Uint8Array, 12),
      perm: over(Uint8Array, 13),
      certainty: over(Uint8Array, 14),
    };
  };
  const shared = columns(host.columns());
  const { id, line, liobn, ioba, tce, real, t, index, npages, status, has, generation, kind, perm, certainty } = shared;
  const RECORD = id.length - 1;
  const AGAIN = id.length - 2;

  const load = (ordinal) => {
    if (id[AGAIN] !== ordinal && !host.load(ordinal)) throw new RangeError(`there is no event ${ordinal}`);
    return AGAIN;
  };
  /** What a record says by itself, which is had without travelling to its time. */
  const loadRecord = (ordinal) => {
    if (id[AGAIN] === ordinal) return AGAIN;
    if (id[RECORD] !== ordinal && !host.loadRecord(ordinal)) throw new RangeError(`there is no event ${ordinal}`);
    return RECORD;
  };

  // An event holds, by plain names, which an interpreter reads fastest (all rules run the same compiled
  // code, for which private names would be others in each rule):
  // _place   among all rows that Java has ever filled for rules
  // _walked  the row of an event that a script walks to
  // _id      its ordinal
  // _kind    of a derived event, and what else it carries as _more
  // _self    itself, so that proxies are told
  // What a rule could forge with them is an event that it can have anyway.
  const NO_PLACE = -1;

  /** The place of row 0 now; what stood at an earlier place is gone. */
  let base = 0;

  /** The row of an event whose place is gone, with what it did. */
  const again = (event) => (id[event._walked] === event._id ? event._walked : load(event._id));
  /** The same with what the record says. */
  const recordAgain = (event) => (id[event._walked] === event._id ? event._walked : loadRecord(event._id));

  /** The row of an event with what it did. */
  const at = (event) => (event._place >= base ? event._place - base : again(event));
  /** The row of an event with what the record says. */
  const record = (event) => (event._place >= base ? event._place - base : recordAgain(event));
  const orNull = (number) => (Number.isNaN(number) ? null : number);

  const alien = () => {
    throw new TypeError("events come from the trace");
  };
  const word = (event, name) => {
    const value = host.text64(event.id, name);
    return value === null ? null : BigInt(String(value));
  };
  const named = (event, name) => {
    const value = host.named(event.id, name);
    return value === null ? null : String(value);
  };
  const count = (event, name) => {
    const value = word(event, name);
    return value === null ? null : Number(value);
  };

  class Event {
    constructor(place, ordinal) {
      this._place = place;
      this._id = ordinal;
      this._self = this;
    }
    static idOf(event) {
      return Object.getPrototypeOf(event) === Event.prototype && event._self === event ? event._id : -1;
    }
    static isFresh(event) {
      return event._place >= base;
    }
    get id() {
      return this._self === this ? this._id : alien();
    }
    get kind() {
      return this._kind ?? kinds[kind[record(this)]];
    }
    get t() {
      const row = record(this);
      return has[row] & HAS_TIME ? t[row] : null;
    }
    get line() {
      return line[record(this)];
    }
    get where() {
      return { file: String(host.file(this.id)), line: this.line };
    }
    get text() {
      return String(host.text(this.id));
    }
    get status() {
      return orNull(status[record(this)]);
    }
    get certainty() {
      return inferred[certainty[record(this)]];
    }
    get generation() {
      return generation[at(this)];
    }
    get index() {
      return orNull(index[at(this)]);
    }
    get real() {
      const row = at(this);
      return has[row] & HAS_REAL ? real[row] : null;
    }

    // What handlers of every call ask for: without a function in between, which would cost an
    // interpreter as much as all the rest.
    get ok() {
      const row = this._place - base;
      const value = status[row >= 0 ? row : recordAgain(this)];
      return value === 0 || (value < 0 || value > 0 ? false : null);
    }
    get liobn() {
      const given = this._place - base;
      const row = given >= 0 ? given : recordAgain(this);
      return has[row] & HAS_LIOBN ? liobn[row] : null;
    }
    get ioba() {
      const given = this._place - base;
      const row = given >= 0 ? given : again(this);
      return has[row] & HAS_IOBA ? ioba[row] : null;
    }
    get npages() {
      const row = this._place - base;
      const value = npages[row >= 0 ? row : recordAgain(this)];
      return value >= 0 ? value : null;
    }
    get tce() {
      const given = this._place - base;
      const row = given >= 0 ? given : recordAgain(this);
      return has[row] & HAS_TCE ? tce[row] : null;
    }
    get perm() {
      const row = this._place - base;
      const value = perm[row >= 0 ? row : recordAgain(this)];
      return value === NO_PERM ? null : value;
    }
    get addr() {
      return this.ioba;
    }
    get pe() {
      const buid = host.text64(this.id, "buid");
      return buid === null ? null : String(buid);
    }
    get start() {
      return word(this, "start");
    }
    get available() {
      return count(this, "available");
    }
    get pageShift() {
      return count(this, "pageShift");
    }
    get entries() {
      return count(this, "entries");
    }
    get thread() {
      return count(this, "thread");
    }
    get cpu() {
      return count(this, "cpu");
    }
    get task() {
      return named(this, "task");
    }
    get device() {
      return named(this, "device");
    }
    get lost() {
      return count(this, "lost");
    }
    get window() {
      return this._more?.window ?? null;
    }
    get alloc() {
      return this._more?.alloc ?? null;
    }
    get cause() {
      return this._more?.cause ?? null;
    }
    get first() {
      return this._more?.first ?? null;
    }
    get last() {
      return this._more?.last ?? null;
    }
    toJSON() {
      const { id, kind, line, liobn, ioba, npages, tce, status } = this;
      return { id, kind, line, liobn, ioba, npages, tce, status };
    }
    toString() {
      return `event ${this.id} (${this.kind})`;
    }
  }
  // What rules see of the class; it makes none.
  const shown = class Event {
    constructor() {
      alien();
    }
  };
  Event.prototype.constructor = Object.freeze(shown);
  Object.freeze(Event);
  Object.setPrototypeOf(Event.prototype, kit.nothingElse("an event"));
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(Event.prototype))) {
    Object.defineProperty(Event.prototype, name, "value" in member ? { writable: false, configurable: false } : { configurable: false });
  }
  // What events keep has a place here too, so that neither to read nor to set it leads to what stands behind.
  for (const name of ["_place", "_walked", "_id", "_kind", "_more", "_self"]) {
    Object.defineProperty(Event.prototype, name, { value: undefined, writable: true });
  }
  Object.preventExtensions(Event.prototype);

  kit.u64 = u64;
  kit.hex = hex;
  kit.kinds = kinds;
  kit.columns = columns;
  kit.ids = id;
  kit.isEvent = (value) => typeof value === "object" && value !== null && Event.idOf(value) >= 0;
  /** True while its row still holds it, so that its fields cost nothing. */
  kit.isFresh = (event) => Event.isFresh(event);
  kit.idOf = (event) => Event.idOf(event);
  kit.Event = Event;
  /** Java's rows are those from this place on. */
  kit.moveTo = (place) => {
    base = place;
  };
  /** The event in a row that is one of a derived kind. */
  kit.derivedEvent = (row, name, more) => {
    const event = new Event(base + row, id[row]);
    event._kind = name;
    event._more = more;
    return event;
  };
  /** The event in a row that a script walks to. */
  kit.walkedEvent = (row) => {
    const event = new Event(NO_PLACE, id[row]);
    event._walked = row;
    return event;
  };
  /** An event by its ordinal. */
  kit.eventAt = (ordinal) => (ordinal > 0 ? new Event(NO_PLACE, ordinal) : null);
})
