package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript compiler accepts the types and the rules, and an editor completes their names. */
final class TypeScriptTest {
  /** Prints the names that an editor offers at the place marked with two at signs. */
  private static final String COMPLETE =
      """
      const ts = require(process.argv[2]);
      const marked = require("fs").readFileSync("edited.js", "utf8");
      const at = marked.indexOf("@@");
      const texts = { "edited.js": marked.replace("@@", "") };
      const config = ts.parseJsonConfigFileContent(
        ts.readConfigFile("jsconfig.json", ts.sys.readFile).config, ts.sys, ".");
      const text = (name) => texts[name] ?? ts.sys.readFile(name);
      const service = ts.createLanguageService({
        getCompilationSettings: () => ({ ...config.options, allowJs: true }),
        getScriptFileNames: () => ["edited.js", "tcescope.d.ts"],
        getScriptVersion: () => "1",
        getScriptSnapshot: (name) => text(name) === undefined ? undefined : ts.ScriptSnapshot.fromString(text(name)),
        getCurrentDirectory: () => process.cwd(),
        getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
        fileExists: ts.sys.fileExists, readFile: ts.sys.readFile,
      });
      console.log(service.getCompletionsAtPosition("edited.js", at, {}).entries.map((one) => one.name).join(" "));
      """;

  @TempDir private Path folder = Path.of("");
  private TypeScript typescript;

  @BeforeEach
  void unpackTheCompiler() throws Exception {
    typescript = TypeScript.in(folder);
  }

  @Test
  void aNewRuleAndItsTestAreWellTyped() throws Exception {
    RuleTemplate.write(folder, "my-rule");
    assertThat(typescript.compile()).isEmpty();
  }

  @Test
  void theShippedRulesAreWellTyped() throws Exception {
    RuleTemplate.write(folder, "my-rule");
    Files.createDirectories(folder.resolve("lib"));
    Path pack = Path.of("rules");
    try (Stream<Path> files = Files.walk(pack)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
        Files.copy(file, folder.resolve(pack.relativize(file).toString()));
      }
    }
    assertThat(typescript.compile()).isEmpty();
  }

  @Test
  void mistakesAreFound() throws Exception {
    Path rule = RuleTemplate.write(folder, "my-rule").getFirst();
    String text = Files.readString(rule);
    Files.writeString(rule, text.replace("addr: event.ioba", "addr: Number(event.ioba)"));
    assertThat(typescript.compile()).contains("Type 'number' is not assignable to type 'bigint'");
    Files.writeString(rule, text.replace("event.ok", "event.okay"));
    assertThat(typescript.compile()).contains("Property 'okay' does not exist");
  }

  @Test
  void anEditorCompletesTheNamesOfTheApi() throws Exception {
    String text = Files.readString(RuleTemplate.write(folder, "my-rule").getFirst());
    assertThat(complete(text.replace("event.ok", "event.@@ok")))
        .contains("ioba", "liobn", "npages");
    assertThat(complete(text.replace("ctx.report", "ctx.@@report")))
        .contains("report", "state", "coverage", "hex", "notApplicable");
  }

  private List<String> complete(String marked) throws Exception {
    Files.writeString(folder.resolve("edited.js"), marked);
    Files.writeString(folder.resolve("complete.cjs"), COMPLETE);
    String names = typescript.script("complete.cjs");
    return List.of(names.split(" ", -1));
  }
}
