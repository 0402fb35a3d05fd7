package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript compiler accepts the types and the rules, and an editor completes their names. */
final class TypeScriptTest {
  private static final String COMPILER = "META-INF/resources/webjars/typescript/";

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

  @TempDir private Path compiler = Path.of("");
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void unpackTheCompiler() throws Exception {
    assumeTrue(hasNode(), "Node.js is not installed: types are not checked");
    URL any = TypeScriptTest.class.getClassLoader().getResource(COMPILER);
    assertThat(any).isNotNull();
    if (any != null && any.openConnection() instanceof JarURLConnection connection) {
      unpack(connection.getJarFile());
    }
  }

  private void unpack(JarFile jar) throws IOException {
    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      if (name.matches("(_?tsc|typescript)\\.js|lib\\..*\\.d\\.ts|package\\.json")) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.write(compiler.resolve(name), in.readAllBytes());
        }
      }
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String node(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process node =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private String compile() throws IOException {
    return node(compiler.resolve("tsc.js").toString(), "-p", "jsconfig.json");
  }

  @Test
  void aNewRuleAndItsTestAreWellTyped() throws IOException {
    RuleTemplate.write(folder, "my-rule");
    assertThat(compile()).isEmpty();
  }

  @Test
  void theShippedRulesAreWellTyped() throws IOException {
    RuleTemplate.write(folder, "my-rule");
    Files.createDirectories(folder.resolve("lib"));
    Path pack = Path.of("rules");
    try (Stream<Path> files = Files.walk(pack)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
        Files.copy(file, folder.resolve(pack.relativize(file).toString()));
      }
    }
    assertThat(compile()).isEmpty();
  }

  @Test
  void mistakesAreFound() throws IOException {
    Path rule = RuleTemplate.write(folder, "my-rule").getFirst();
    String text = Files.readString(rule);
    Files.writeString(rule, text.replace("addr: event.ioba", "addr: Number(event.ioba)"));
    assertThat(compile()).contains("Type 'number' is not assignable to type 'bigint'");
    Files.writeString(rule, text.replace("event.ok", "event.okay"));
    assertThat(compile()).contains("Property 'okay' does not exist");
  }

  @Test
  void anEditorCompletesTheNamesOfTheApi() throws IOException {
    String text = Files.readString(RuleTemplate.write(folder, "my-rule").getFirst());
    assertThat(complete(text.replace("event.ok", "event.@@ok")))
        .contains("ioba", "liobn", "npages");
    assertThat(complete(text.replace("ctx.report", "ctx.@@report")))
        .contains("report", "state", "coverage", "hex", "notApplicable");
  }

  private List<String> complete(String marked) throws IOException {
    Files.writeString(folder.resolve("edited.js"), marked);
    Files.writeString(folder.resolve("complete.cjs"), COMPLETE);
    String names = node("complete.cjs", compiler.resolve("typescript.js").toString());
    return List.of(names.split(" ", -1));
  }
}
