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

  // Everything that a script could change for the rest of its world: the globals, what they hold
  // (Math.max is only a value there), their prototypes, and the prototypes of these.
  const freeze = (value) => {
    for (let one = value; isObject(one) && !Object.isFrozen(one); one = Object.getPrototypeOf(one)) {
      Object.freeze(one);
    }
  };
  const isObject = (value) => (typeof value === "object" || typeof value === "function") && value !== null;
  for (const name of Reflect.ownKeys(globalThis)) {
    const value = globalThis[name];
    if (value === globalThis || !isObject(value)) continue;
    freeze(value);
    if (typeof value === "function") freeze(value.prototype);
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
    function* () {},
    async function* () {},
  ];
  for (const value of hidden) {
    freeze(Object.getPrototypeOf(value));
    freeze(value.constructor);
    freeze(value.constructor?.prototype);
  }
})
