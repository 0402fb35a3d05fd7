// console.log and console.table for scripts and rules, with 64-bit values in hex.
(function output(kit) {
  "use strict";
  const { host, hex } = kit;
  const DEEPEST = 4;
  const show = (value, depth, nested) => {
    if (typeof value === "bigint") return value >= 0n ? hex(value) : String(value);
    if (typeof value === "string") return nested ? JSON.stringify(value) : value;
    if (typeof value === "function") return `[function ${value.name}]`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Error) return String(value);
    if (depth > DEEPEST) return "...";
    if (Array.isArray(value)) return `[${value.map((item) => show(item, depth + 1, true)).join(", ")}]`;
    if (value instanceof Map) return `Map {${[...value].map(([k, v]) => `${show(k, depth + 1, true)} => ${show(v, depth + 1, true)}`).join(", ")}}`;
    if (value instanceof Set) return `Set {${[...value].map((item) => show(item, depth + 1, true)).join(", ")}}`;
    const own = typeof value.toJSON === "function" ? value.toJSON() : value;
    if (typeof own !== "object" || own === null) return String(own);
    const parts = Object.entries(own).filter(([, item]) => item !== null).map(([name, item]) => `${name}: ${show(item, depth + 1, true)}`);
    return `{${parts.join(", ")}}`;
  };
  /** The value of a typed line: nothing for undefined, texts in quotes. */
  kit.answer = (value) => {
    kit.want(kit.handlers() === 0, "trace.on is for scripts (tcescope run); here: for (const e of trace.events({where: ...}))");
    return value === undefined ? "" : show(value, 0, true);
  };

  const table = (rows) => {
    const list = [...rows].map((row) => (typeof row?.toJSON === "function" ? row.toJSON() : row));
    const names = [...new Set(list.flatMap((row) => Object.keys(row)))];
    const cells = [names, ...list.map((row) => names.map((name) => (row[name] === undefined || row[name] === null ? "" : show(row[name], 1, false))))];
    const widths = names.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
    return cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd()).join("\n");
  };
  const print = (...values) => host.print(values.map((value) => show(value, 0, false)).join(" "));
  kit.api.console = Object.freeze({
    log: print, info: print, debug: print, warn: print, error: print,
    table: (rows) => host.print(table(rows)),
  });
  globalThis.console = kit.api.console;
})
