// Events as scripts see them: a light handle on a row of the columns that Java fills. When the row
// holds another event by now, the record is read again, so events can be kept.
(function events(kit) {
  "use strict";
  const { host } = kit;
  const FIELD = { liobn: 1, ioba: 2, tce: 4, npages: 8, status: 16, index: 32, time: 64, perm: 128, real: 256 };
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

  // Symbols and not private names: all rules run the same compiled code, and private names would be
  // others in each. What a rule could forge with them is an event that it can have anyway.
  const ROW = Symbol.for("tcescope.row");
  const ID = Symbol.for("tcescope.id");
  const KIND = Symbol.for("tcescope.kind");
  const MORE = Symbol.for("tcescope.more");
  const SELF = Symbol.for("tcescope.self");

  const alien = () => {
    throw new TypeError("events come from the trace");
  };
  /** The row of an event with what it did. */
  const at = (event) => {
    const row = event[ROW];
    if (event[SELF] !== event) alien();
    return id[row] === event[ID] ? row : load(event[ID]);
  };
  /** The row of an event with what the record says. */
  const record = (event) => {
    const row = event[ROW];
    if (event[SELF] !== event) alien();
    return id[row] === event[ID] ? row : loadRecord(event[ID]);
  };

  const word = (event, name) => {
    const value = host.text64(event.id, name);
    return value === null ? null : BigInt(String(value));
  };
  const count = (event, name) => {
    const value = word(event, name);
    return value === null ? null : Number(value);
  };

  class Event {
    constructor(key, row, ordinal, name, more) {
      if (key !== kit) alien();
      this[ROW] = row;
      this[ID] = ordinal;
      this[KIND] = name;
      this[MORE] = more;
      this[SELF] = this;
    }
    static idOf(event) {
      return event[SELF] === event && Object.getPrototypeOf(event) === Event.prototype ? event[ID] : -1;
    }
    static isFresh(event) {
      return id[event[ROW]] === event[ID];
    }
    get id() {
      return this[SELF] === this ? this[ID] : alien();
    }
    get kind() {
      return (this[SELF] === this ? this[KIND] : alien()) ?? kinds[kind[record(this)]];
    }
    get t() {
      const row = record(this);
      return has[row] & FIELD.time ? t[row] : null;
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
      const row = record(this);
      return has[row] & FIELD.status ? status[row] : null;
    }
    get ok() {
      const row = record(this);
      return has[row] & FIELD.status ? status[row] === 0 : null;
    }
    get certainty() {
      return inferred[certainty[record(this)]];
    }
    get liobn() {
      const row = record(this);
      return has[row] & FIELD.liobn ? liobn[row] : null;
    }
    get generation() {
      return generation[at(this)];
    }
    get ioba() {
      const row = at(this);
      return has[row] & FIELD.ioba ? ioba[row] : null;
    }
    get index() {
      const row = at(this);
      return has[row] & FIELD.index ? index[row] : null;
    }
    get npages() {
      const row = record(this);
      return has[row] & FIELD.npages ? npages[row] : null;
    }
    get tce() {
      const row = record(this);
      return has[row] & FIELD.tce ? tce[row] : null;
    }
    get real() {
      const row = at(this);
      return has[row] & FIELD.real ? real[row] : null;
    }
    get perm() {
      const row = record(this);
      return has[row] & FIELD.perm ? perm[row] : null;
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
    get lost() {
      return count(this, "lost");
    }
    get window() {
      return this[MORE]?.window ?? null;
    }
    get alloc() {
      return this[MORE]?.alloc ?? null;
    }
    get cause() {
      return this[MORE]?.cause ?? null;
    }
    get first() {
      return this[MORE]?.first ?? null;
    }
    get last() {
      return this[MORE]?.last ?? null;
    }
    toJSON() {
      const { id, kind, line, liobn, ioba, npages, tce, status } = this;
      return { id, kind, line, liobn, ioba, npages, tce, status };
    }
    toString() {
      return `event ${this.id} (${this.kind})`;
    }
  }
  Object.freeze(Event);
  Object.freeze(Event.prototype);

  kit.u64 = u64;
  kit.hex = hex;
  kit.kinds = kinds;
  kit.columns = columns;
  kit.ids = id;
  kit.isEvent = (value) => typeof value === "object" && value !== null && Event.idOf(value) >= 0;
  /** True while its row still holds it, so that its fields cost nothing. */
  kit.isFresh = (event) => Event.isFresh(event);
  kit.idOf = (event) => Event.idOf(event);
  /** The event in a row; a derived kind is named. */
  kit.rowEvent = (row, name, more) => new Event(kit, row, id[row], name, more);
  /** An event by its ordinal. */
  kit.eventAt = (ordinal) => (ordinal > 0 ? new Event(kit, AGAIN, ordinal, undefined, undefined) : null);
})
