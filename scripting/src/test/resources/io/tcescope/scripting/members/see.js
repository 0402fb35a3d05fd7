// Notes what a script sees of the API: each member of a value, and of what sort its value is.
const PROTOCOL = ["constructor", "toString", "toJSON"];
const seen = new Set();

const sort = (value) => {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return value.constructor.name;
};

/** The value's members are those that the type of that name declares. */
export const see = (type, value) => {
  if (value === null) return;
  for (let owner = value; owner !== null && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name.startsWith("_")) continue; // where an event keeps what it is
      if (!PROTOCOL.includes(name)) seen.add(`${type} ${name} ${sort(value[name])}`);
    }
  }
};
/** All that was seen, a line each: type, member, sort. */
export const all = () => [...seen].join("\n");
