// Options of a rule against its JSON Schema: the keywords that options need, no others.
(function schema(kit) {
  "use strict";
  const KNOWN = new Set([
    "type", "properties", "required", "additionalProperties", "enum", "minimum", "maximum",
    "minLength", "maxLength", "pattern", "items", "minItems", "maxItems", "default", "description", "title",
  ]);
  const typeOf = (value) => {
    if (value === null) return "null";
    if (Array.isArray(value)) return "array";
    if (typeof value === "bigint") return "integer";
    return typeof value;
  };
  const fits = (value, type) =>
    type === "integer"
      ? typeof value === "bigint" || Number.isInteger(value)
      : type === "number"
        ? typeof value === "number" || typeof value === "bigint"
        : typeOf(value) === type;

  const check = (value, rule, path, faults) => {
    for (const word of Object.keys(rule)) {
      if (!KNOWN.has(word)) faults.push(`${path}: the schema uses "${word}", which is not supported`);
    }
    const types = rule.type === undefined ? [] : [rule.type].flat();
    if (types.length > 0 && !types.some((type) => fits(value, type))) {
      faults.push(`${path}: ${types.join(" or ")} wanted, not ${typeOf(value)}`);
      return;
    }
    if (rule.enum && !rule.enum.includes(value)) faults.push(`${path}: one of ${rule.enum.join(", ")} wanted`);
    if (value < rule.minimum) faults.push(`${path}: ${value} is less than ${rule.minimum}`);
    if (value > rule.maximum) faults.push(`${path}: ${value} is more than ${rule.maximum}`);
    if (typeof value === "string") checkText(value, rule, path, faults);
    if (Array.isArray(value)) checkList(value, rule, path, faults);
    if (typeOf(value) === "object") checkObject(value, rule, path, faults);
  };
  const checkText = (value, rule, path, faults) => {
    if (value.length < rule.minLength) faults.push(`${path}: shorter than ${rule.minLength}`);
    if (value.length > rule.maxLength) faults.push(`${path}: longer than ${rule.maxLength}`);
    if (rule.pattern && !new RegExp(rule.pattern, "u").test(value)) faults.push(`${path}: does not match ${rule.pattern}`);
  };
  const checkList = (value, rule, path, faults) => {
    if (value.length < rule.minItems) faults.push(`${path}: fewer than ${rule.minItems} items`);
    if (value.length > rule.maxItems) faults.push(`${path}: more than ${rule.maxItems} items`);
    if (rule.items) value.forEach((item, i) => check(item, rule.items, `${path}[${i}]`, faults));
  };
  const checkObject = (value, rule, path, faults) => {
    const properties = rule.properties ?? {};
    for (const name of rule.required ?? []) {
      if (!(name in value)) faults.push(`${path}.${name}: missing`);
    }
    for (const [name, item] of Object.entries(value)) {
      if (Object.hasOwn(properties, name)) check(item, properties[name], `${path}.${name}`, faults);
      else if (rule.additionalProperties === false) {
        faults.push(`${path}.${name}: unknown${kit.suggest(name, Object.keys(properties))}`);
      }
    }
  };

  /** What is wrong with the value, a line each. */
  kit.faults = (value, rule) => {
    const faults = [];
    check(value, rule, "options", faults);
    return faults;
  };

  const INTEGER = /^[+-]?(\d+|0x[0-9a-f]+)$/i;
  const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
  const integer = (text) => {
    const size = BigInt(text.replace(/^[+-]/, ""));
    const value = text.startsWith("-") ? -size : size;
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  };
  const parsed = (text, kind) => {
    try {
      const value = JSON.parse(text);
      return typeOf(value) === kind ? value : text;
    } catch {
      return text;
    }
  };
  /** What a text of the command line is as an option of that schema; itself where it is nothing else. */
  kit.read = (text, rule = {}) => {
    const types = rule.type === undefined ? ["integer", "boolean"] : [rule.type].flat();
    const numeric = types.includes("number");
    if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
    if ((numeric || types.includes("integer")) && INTEGER.test(text)) return integer(text);
    if (numeric && NUMBER.test(text)) return Number(text);
    if (types.includes("array") && text.trimStart().startsWith("[")) return parsed(text, "array");
    return types.includes("object") && text.trimStart().startsWith("{") ? parsed(text, "object") : text;
  };

  const distance = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      }
      row = next;
    }
    return row[b.length];
  };
  /** "; did you mean X?", or what there is. */
  kit.suggest = (name, names) => {
    const [best] = names
      .map((known) => [distance(name, known), known])
      .sort((x, y) => x[0] - y[0]);
    if (best && best[0] <= Math.max(2, name.length / 3)) return `; did you mean "${best[1]}"?`;
    return names.length > 0 ? `; known are ${names.join(", ")}` : "";
  };
})
