// Prints what the types declare: of each type in types.txt its members and their sorts; of a type
// that is a choice of words, these; and the names of all interfaces but those that build on others.
const fs = require("fs");
const ts = require(process.argv[2]);

const types = fs.readFileSync("types.txt", "utf8").trim().split("\n");
fs.writeFileSync(
  "probe.ts",
  `import type * as tcescope from "tcescope";
   import type * as test from "tcescope/test";
   import type * as script from "tcescope/script";\n` +
    types.map((type, i) => `export type P${i} = ${type};`).join("\n"),
);
const config = ts.parseJsonConfigFileContent(ts.readConfigFile("jsconfig.json", ts.sys.readFile).config, ts.sys, ".");
const program = ts.createProgram(["probe.ts", "tcescope.d.ts"], config.options);
const checker = program.getTypeChecker();
for (const wrong of program.getSemanticDiagnostics()) throw new Error(JSON.stringify(wrong.messageText));

const has = (type, flag) => (type.flags & flag) !== 0;
const sorts = (type) => {
  if (type.isUnion()) return type.types.flatMap(sorts);
  if (has(type, ts.TypeFlags.Null)) return ["null"];
  if (has(type, ts.TypeFlags.BigIntLike)) return ["bigint"];
  if (has(type, ts.TypeFlags.NumberLike)) return ["number"];
  if (has(type, ts.TypeFlags.StringLike)) return ["string"];
  if (has(type, ts.TypeFlags.BooleanLike)) return ["boolean"];
  if (type.getCallSignatures().length > 0) return ["function"];
  return [CLASSES[type.symbol?.name] ?? "Object"];
};
const CLASSES = { Array: "Array", ReadonlyArray: "Array" };
for (const name of ["Event", "Win", "Snapshot", "Float64Array", "BigUint64Array", "Uint8Array"]) CLASSES[name] = name;

const probe = program.getSourceFile("probe.ts");
const print = (type, name, sort) => console.log(`${type} ${name} ${sort}`);
probe.statements.filter(ts.isTypeAliasDeclaration).forEach((alias, i) => {
  const type = checker.getTypeFromTypeNode(alias.type);
  if (type.isUnion() && type.types.every((one) => one.isStringLiteral())) {
    for (const word of type.types) print(types[i], word.value, "word");
    return;
  }
  for (const member of checker.getPropertiesOfType(type).filter((one) => !one.name.startsWith("__@"))) {
    for (const sort of new Set(sorts(checker.getTypeOfSymbolAtLocation(member, probe)))) print(types[i], member.name, sort);
  }
});
for (const module of program.getSourceFile("tcescope.d.ts").statements.filter(ts.isModuleDeclaration)) {
  for (const one of module.body.statements.filter((one) => ts.isInterfaceDeclaration(one) && !one.heritageClauses)) {
    print("interface", `${module.name.text.replace("tcescope/", "")}.${one.name.text}`, "name");
  }
}
