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

  class Event {
    #row;
    #id;
    #kind;
    #more;

    constructor(key, row, ordinal, name, more) {
      if (key !== kit) throw new TypeError("events come from the trace");
      this.#row = row;
      this.#id = ordinal;
      this.#kind = name;
      this.#more = more;
    }
    static idOf(event) {
      return #id in event ? event.#id : -1;
    }
    static isFresh(event) {
      return id[event.#row] === event.#id;
    }
    #at() {
      return id[this.#row] === this.#id ? this.#row : load(this.#id);
    }
    #record() {
      return id[this.#row] === this.#id ? this.#row : loadRecord(this.#id);
    }
    get id() {
      return this.#id;
    }
    get kind() {
      return this.#kind ?? kinds[kind[this.#record()]];
    }
    get t() {
      const row = this.#record();
      return has[row] & FIELD.time ? t[row] : null;
    }
    get line() {
      return line[this.#record()];
    }
    get where() {
      return { file: String(host.file(this.#id)), line: this.line };
    }
    get text() {
      return String(host.text(this.#id));
    }
    get status() {
      const row = this.#record();
      return has[row] & FIELD.status ? status[row] : null;
    }
    get ok() {
      const row = this.#record();
      return has[row] & FIELD.status ? status[row] === 0 : null;
    }
    get certainty() {
      return inferred[certainty[this.#record()]];
    }
    get liobn() {
      const row = this.#record();
      return has[row] & FIELD.liobn ? liobn[row] : null;
    }
    get generation() {
      return generation[this.#at()];
    }
    get ioba() {
      const row = this.#at();
      return has[row] & FIELD.ioba ? ioba[row] : null;
    }
    get index() {
      const row = this.#at();
      return has[row] & FIELD.index ? index[row] : null;
    }
    get npages() {
      const row = this.#record();
      return has[row] & FIELD.npages ? npages[row] : null;
    }
    get tce() {
      const row = this.#record();
      return has[row] & FIELD.tce ? tce[row] : null;
    }
    get real() {
      const row = this.#at();
      return has[row] & FIELD.real ? real[row] : null;
    }
    get perm() {
      const row = this.#record();
      return has[row] & FIELD.perm ? perm[row] : null;
    }
    get addr() {
      return this.ioba;
    }
    get pe() {
      const buid = host.text64(this.#id, "buid");
      return buid === null ? null : String(buid);
    }
    get start() {
      return this.#word("start");
    }
    get available() {
      return this.#count("available");
    }
    get pageShift() {
      return this.#count("pageShift");
    }
    get entries() {
      return this.#count("entries");
    }
    get lost() {
      return this.#count("lost");
    }
    get window() {
      return this.#more?.window ?? null;
    }
    get alloc() {
      return this.#more?.alloc ?? null;
    }
    get cause() {
      return this.#more?.cause ?? null;
    }
    get first() {
      return this.#more?.first ?? null;
    }
    get last() {
      return this.#more?.last ?? null;
    }
    #word(name) {
      const value = host.text64(this.#id, name);
      return value === null ? null : BigInt(String(value));
    }
    #count(name) {
      const value = this.#word(name);
      return value === null ? null : Number(value);
    }
    toJSON() {
      const { id, kind, line, liobn, ioba, npages, tce, status } = this;
      return { id, kind, line, liobn, ioba, npages, tce, status };
    }
    toString() {
      return `event ${this.#id} (${this.kind})`;
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
