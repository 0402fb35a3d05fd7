package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the author of a rule is told: mistakes with their place and event, and what it prints. */
final class RuleFeedbackTest {
  private static final String TRACE = String.join("\n", Rules.RECORDING.lines().limit(2).toList());

  @TempDir Path folder;

  private ScriptRules run(Path rule) {
    return Rules.run(Rules.trace(folder, TRACE), List.of(rule), Rules.quick());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tce.put\"(e) { if (e.line === 3) STOP }",
        "\"tce.put\"() {}, \"window.closed\"() { STOP }",
      })
  void anErrorNamesTheEventThatWasHandled(String handlers) {
    Limits few = new Limits(100_000, Duration.ofMinutes(1), 1L << 30);
    for (String stop : List.of("throw new Error(1);", "for (;;) {}")) {
      Path rule = Rules.rule(folder, "stops", "return { " + handlers.replace("STOP", stop) + " };");
      Trace trace = Rules.trace(folder, Rules.RECORDING.replace("=-4", "=0").repeat(2));
      ScriptRules rules = Rules.run(trace, List.of(rule), Rules.quick().withLimits(few));
      long event = handlers.contains("closed") ? 4 : 3;
      assertThat(rules.errors())
          .singleElement()
          .satisfies(
              error -> {
                assertThat(error.event()).isEqualTo(event);
                assertThat(error.from()).isEqualTo(event);
              });
    }
  }

  @Test
  void whatWaitedForABatchIsNotJudgedEither() {
    Path rule =
        Rules.rule(
            folder,
            "stops",
            "return { \"tce.put\": { batch() {} }, \"window.closed\"() { throw new Error(1); },"
                + " \"window.opened\": { batch() { throw new Error(2); } } };");
    Trace trace = Rules.trace(folder, Rules.RECORDING);
    ScriptError error = Rules.run(trace, List.of(rule), Rules.quick()).errors().getFirst();
    assertThat(error.message()).contains("2");
    assertThat(error.event()).isZero();
    assertThat(error.from()).isEqualTo(2);
  }

  @Test
  void whatARulePrintsIsKeptWithItsEventAndLimited() {
    Path rule =
        Rules.rule(
            folder,
            "prints",
            "console.warn(1n, {a: [2]}); return { \"tce.put\"(e) { console.log(e.ioba, \"x\\ny\");"
                + " for (let i = 0; i < 1000; i++) console.error(\"z\".repeat(5000)); } };");
    ScriptRules rules = run(rule);
    assertThat(rules.errors()).isEmpty();
    assertThat(rules.printed())
        .hasSize(101)
        .startsWith(
            new Printed("prints", 0, "0x1 {a: [2]}"),
            new Printed("prints", 2, "0x2000 x"),
            new Printed("prints", 2, "y"),
            new Printed("prints", 2, "z".repeat(1000) + "..."))
        .endsWith(new Printed("prints", 0, "... and 903 more that are not shown"));
  }

  @Test
  void defaultsOfOptionsThatTheSchemaDoesNotNameAreToldWhereTheRuleIsDefined() {
    for (String schema : List.of("", "schema: {properties: {}, additionalProperties: false},")) {
      String text = Rules.ruleText("limits", "return {};");
      String meta = schema + " defaults: { limit: 3 },\n    docs:";
      Path rule = Rules.write(folder, "limits.js", text.replace("docs:", meta));
      assertThat(run(rule).errors())
          .singleElement()
          .satisfies(
              error -> {
                assertThat(error.message())
                    .isEqualTo("TypeError: meta.defaults.limit is not in meta.schema");
                assertThat(error.line()).isEqualTo(2);
              });
    }
  }

  @Test
  void aRejectedPromiseIsAnError() {
    Path rule =
        Rules.rule(
            folder,
            "rejects",
            "return { \"trace.end\"() { Promise.reject(new Error(\"nobody listens\")); } };");
    assertThat(run(rule).errors())
        .singleElement()
        .extracting(ScriptError::message)
        .asString()
        .contains("nobody listens");
  }

  @Test
  void anAsynchronousHandlerIsAnError() {
    Path rule = Rules.rule(folder, "waits", "return { async \"trace.end\"() { await 1; } };");
    assertThat(run(rule).errors())
        .singleElement()
        .extracting(ScriptError::message)
        .asString()
        .contains("asynchronous");
  }

  @Test
  void aSyntaxErrorNamesItsPlace() {
    Path rule = Rules.write(folder, "typo.js", "const a = 1;\nconst b = = 2;\n");
    assertThat(run(rule).errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.file()).isEqualTo("typo.js");
              assertThat(error.line()).isEqualTo(2);
              assertThat(error.message()).contains("SyntaxError");
            });
  }
}
