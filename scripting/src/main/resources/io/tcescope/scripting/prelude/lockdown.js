// Makes a script's world the same on every machine and at every time, and hard to tamper with.
// Runs first, before any code of a script.
(function lockdown() {
  "use strict";
  const refuse = (what) => {
    throw new Error(`${what} is not available: the same trace must give the same findings`);
  };

  const RealDate = Date;
  const realDate = RealDate.prototype;
  /** Dates can be computed with, but there is no now. */
  function FixedDate(...args) {
    if (!new.target || args.length === 0) refuse("the current time");
    return Reflect.construct(RealDate, args, new.target);
  }
  FixedDate.prototype = realDate;
  FixedDate.UTC = RealDate.UTC;
  FixedDate.parse = RealDate.parse;
  FixedDate.now = () => refuse("Date.now");
  Object.defineProperty(FixedDate, "name", { value: "Date" });
  realDate.constructor = FixedDate;
  globalThis.Date = FixedDate;
  Math.random = () => refuse("Math.random");

  // Garbage collection and other threads are clocks too.
  for (const name of ["WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "Intl"]) {
    delete globalThis[name];
  }
  for (const name of ["arguments", "escape", "unescape"]) delete globalThis[name];

  // Stack frames as objects could lead to the program's own functions.
  delete Error.captureStackTrace;
  delete Error.prepareStackTrace;

  // A bigint in JSON is hex text, as in every output of the program.
  Object.defineProperty(BigInt.prototype, "toJSON", {
    value() {
      return `0x${BigInt.asUintN(64, this.valueOf()).toString(16)}`;
    },
  });

  const freezeAll = (value, seen) => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (seen.has(value)) return;
    seen.add(value);
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) {
      const slot = Reflect.getOwnPropertyDescriptor(value, key);
      if ("value" in slot) freezeAll(slot.value, seen);
      else {
        freezeAll(slot.get, seen);
        freezeAll(slot.set, seen);
      }
    }
    freezeAll(Object.getPrototypeOf(value), seen);
  };
  const seen = new Set([globalThis]);
  for (const name of Reflect.ownKeys(globalThis)) {
    freezeAll(globalThis[name], seen);
  }
  // Prototypes that no global names.
  const hidden = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/x/g),
    (function* () {})(),
    (async function* () {})(),
    async () => {},
  ];
  for (const value of hidden) freezeAll(Object.getPrototypeOf(value), seen);
})
