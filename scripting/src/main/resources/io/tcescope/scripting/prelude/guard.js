// The way into Java: what it refuses arrives in the script as an ordinary error.
(function guard(host, names) {
  "use strict";
  const guarded = {};
  for (const name of String(names).split(" ")) {
    guarded[name] = (...values) => {
      try {
        return host[name](...values);
      } catch (problem) {
        throw new Error(String(problem.message));
      }
    };
  }
  return { host: Object.freeze(guarded), api: {} };
})
