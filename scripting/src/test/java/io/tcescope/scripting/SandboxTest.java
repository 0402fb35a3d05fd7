package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tcescope.engine.event.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing gets out of a rule, nothing hangs, and every attempt ends as a result or an error. */
final class SandboxTest {
  private static final String TRACE =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
      """;

  private static final Duration LONGEST = Duration.ofSeconds(20);

  @TempDir Path folder;

  private ScriptRules run(List<Path> rules) {
    Trace trace = Rules.trace(folder, TRACE);
    return assertTimeoutPreemptively(LONGEST, () -> Rules.run(trace, rules, Rules.quick()));
  }

  private String say(String expression) {
    return Rules.said(run(List.of(Rules.saying(folder, "says", expression))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "typeof Java",
        "typeof Polyglot",
        "typeof Graal",
        "typeof load",
        "typeof loadWithNewGlobal",
        "typeof print",
        "typeof quit",
        "typeof require",
        "typeof process",
        "typeof Packages",
        "typeof java",
        "typeof fetch",
        "typeof XMLHttpRequest",
        "typeof setTimeout",
        "typeof WebAssembly",
        "typeof SharedArrayBuffer",
        "typeof Atomics",
        "typeof WeakRef",
        "typeof FinalizationRegistry",
        "typeof performance",
        "typeof Worker",
        "typeof Intl",
        "typeof __tcescope",
        "typeof trace",
        "typeof globalThis.host",
        "typeof ctx.report.getClass",
        "typeof (e.text).getClass",
        "typeof e.constructor.idOf",
        "typeof Error.prepareStackTrace",
        "typeof Error.captureStackTrace",
        "typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'id').get.caller"
      })
  void whatCouldLeadOutIsNotThere(String expression) {
    if (expression.endsWith("caller")) {
      assertThatCode(() -> run(List.of(Rules.saying(folder, "says", expression))))
          .doesNotThrowAnyException();
      return;
    }
    assertThat(say(expression)).isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval('1')",
        "new Function('return 1')()",
        "(() => {}).constructor('return 1')()",
        "(function* () {}).constructor('yield 1')()",
        "(async () => {}).constructor('return 1')()",
        "Reflect.construct(Function, ['return 1'])()",
        "e.getClass",
        "e.class",
        "ctx.getClass",
        "ctx.state.getClass",
        "ctx.state.after(e).getClass",
        "ctx.state.after(e).windows()[0].getClass",
        "Object.prototype.polluted = 1",
        "Array.prototype.map = null",
        "Map.prototype.get = () => 1",
        "Object.getPrototypeOf(e).id = 5",
        "Object.setPrototypeOf(Object.getPrototypeOf(e), null)",
        "Object.defineProperty(BigInt, 'asUintN', {value: 1})",
        "Reflect.apply = null",
        "Math.random()",
        "Date.now()",
        "new Date()",
        "Date()",
        "new (new Date(0)).constructor()",
        "Error.prepareStackTrace = (error, frames) => frames",
        "Error.stackTraceLimit = 1e9",
        "new e.constructor({}, 0, 1)",
        "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'id').get.call({})",
        "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'id').get.call(new Proxy(e, {}))",
        "ctx.report({messageId: 'said', event: {id: 1}, data: {what: 1}})",
        "ctx.report({messageId: 'said', event: new Proxy(e, {}), data: {what: 1}})",
        "ctx.state.diff({}, {})",
        "ctx.options = {}",
        "ctx.state.before = null",
        "ctx.coverage.complete('tce.putt')",
        "ctx.hex({})",
        "ctx.state.at({})",
        "ctx.state.after(e).windows()[0].tce(5)",
        "'use strict', undeclared = 1",
        "(() => { throw {toString() { throw new Error('nested') }} })()",
        "Symbol.prototype[Symbol.toPrimitive] = 1",
        "'a'.repeat(2 ** 30)",
        "new ArrayBuffer(2 ** 40)",
        "(function f() { return f() + 1; })()",
        "(function f() { return ctx.state.after(e).windows().length + f(); })()",
        "[1].map(function f(x) { return [x].map(f); })",
        "JSON.parse('['.repeat(1e6))",
        "import.meta.url.nothing.at.all"
      })
  void attemptsToBreakOutEndAsErrorsThatSayWhere(String expression) {
    ScriptRules rules = run(List.of(Rules.saying(folder, "tries", expression)));
    assertThat(rules.findings()).isEmpty();
    assertThat(rules.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.script()).isEqualTo("tries");
              assertThat(error.file()).isEqualTo("tries.js");
              assertThat(error.line()).isPositive();
              assertThat(error.column()).isPositive();
              assertThat(error.message()).doesNotContain("io.tcescope").isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch (x) {} finally { continue; } }",
        "const a = []; for (;;) a.push(new Array(100000).fill(1));",
        "new Array(2 ** 32 - 1).fill(0);",
        "let s = 'x'; for (;;) s += s + 'y';",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, {});",
        "/(x+x+)+\\1y/.test('x'.repeat(60));",
        "(function () { let x = 1n; for (;;) x = x * x + 1n; x = x << 3n; })();",
        "const b = []; for (;;) b.push(new ArrayBuffer(1 << 26));"
      })
  void bombsAreDefusedAndTheOtherRulesFinish(String statement) {
    Path bomb = Rules.rule(folder, "bomb", "return { \"trace.end\"() { " + statement + " } };");
    Path other = Rules.saying(folder, "other", "e.id");
    ScriptRules rules = run(List.of(bomb, other));
    assertThat(rules.errors()).singleElement().extracting(ScriptError::script).isEqualTo("bomb");
    assertThat(rules.findings()).singleElement().extracting("message").isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../outside.js",
        "./inner/../../outside.js",
        "./link.js",
        "./linked/secret.js",
        "file:///etc/passwd",
        "https://example.org/x.js",
        "data:text/javascript,export default 1",
        "node:fs",
        "./",
        "tcescope/../../outside.js",
        "./missing.js"
      })
  void nothingIsImportedButTheRulesOwnFiles(String specifier) throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Rules.write(folder, "outside.js", "export const stolen = 1;");
    Rules.write(outside, "secret.js", "export const stolen = 1;");
    Path own = folder.resolve("own");
    Files.createDirectories(own.resolve("inner"));
    Files.createSymbolicLink(own.resolve("link.js"), folder.resolve("outside.js"));
    Files.createSymbolicLink(own.resolve("linked"), outside);
    Path rule =
        Rules.write(
            own,
            "imports.js",
            "import * as stolen from \"" + specifier + "\";\n" + Rules.ruleText("imports", ""));
    assertThat(run(List.of(rule)).errors())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).doesNotContain("stolen = 1", "root:"));
  }

  @Test
  void aRuleImportsFilesOfItsOwnFolder() {
    Rules.write(folder, "lib/parts.js", "export const part = () => 42;");
    Path rule =
        Rules.write(
            folder,
            "uses.js",
            "import { part } from \"./lib/parts.js\";\n"
                + Rules.ruleText(
                    "uses",
                    "return { \"trace.end\"(e) {"
                        + " ctx.report({messageId: \"said\", event: e, data: {what: part()}}); } };"));
    assertThat(Rules.said(run(List.of(rule)))).isEqualTo("42");
  }

  @Test
  void rulesDoNotSeeEachOther() {
    Path leaves = Rules.rule(folder, "leaves", "globalThis.left = 1; return {};");
    Path looks = Rules.saying(folder, "looks", "typeof globalThis.left");
    assertThat(Rules.said(run(List.of(leaves, looks)))).isEqualTo("undefined");
  }

  @Test
  void columnsCannotBeWritten() {
    Path writes =
        Rules.rule(folder, "writes", "return { \"tce.put\": { batch(c) { c.ioba[0] = 5n; } } };");
    assertThat(run(List.of(writes)).errors()).hasSize(1);
  }
}
