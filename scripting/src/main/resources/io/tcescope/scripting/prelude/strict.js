// Mistakes in names are errors: of members that are read, of options that are given.
(function strict(kit) {
  "use strict";
  /** What a query calls a member of an event. */
  const IN_QUERIES = { ret: "status", pages: "npages", call: "kind", event: "id", time: "t", buid: "pe", page_shift: "pageShift" };
  /** What the language itself asks any value for, to see whether it has it. */
  const ASKED = ["then", "toJSON"];

  const want = (condition, message) => {
    if (!condition) throw new TypeError(message);
  };
  const known = (what, names, allowed) => {
    for (const name of names) {
      if (!allowed.includes(name)) throw new TypeError(`${what}: unknown "${String(name)}"${kit.suggest(String(name), allowed)}`);
    }
  };
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** Options as given, none if nothing is. */
  const options = (what, given, allowed) => {
    if (given === undefined) return {};
    want(isObject(given), `${what}: options are wanted as {${allowed.join(", ")}}`);
    known(what, Object.keys(given), allowed);
    return given;
  };

  const members = (value) => {
    const names = new Set();
    for (let owner = value; owner !== null && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
      for (const name of Object.getOwnPropertyNames(owner)) names.add(name);
    }
    names.delete("constructor");
    return [...names].filter((name) => !name.startsWith("_") && !(name in Object.prototype) && name !== "toJSON");
  };
  const missing = (what, name, value) => {
    const names = members(value);
    const other = IN_QUERIES[name];
    if (names.includes(other)) throw new TypeError(`${what} has no "${name}": it is "${other}" in scripts, "${name}" in queries`);
    throw new TypeError(`${what} has no "${name}"${kit.suggest(name, names)}`);
  };
  /** Stands behind the prototype of values of a sort, or is it: to read what they have not is an error. */
  const nothingElse = (what) =>
    new Proxy(Object.freeze({}), {
      get(target, name, value) {
        return typeof name === "symbol" || name in target || ASKED.includes(name) ? target[name] : missing(what, name, value);
      },
    });
  /** Freezes an object that has these members and no others. */
  const shut = (behind, object) => Object.freeze(Object.setPrototypeOf(object, behind));

  Object.assign(kit, { want, known, isObject, options, nothingElse, shut });
})
