package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that the API does not have is an error that says what was meant, not an answer. */
final class StrictTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> printed = new ArrayList<>();

  private List<String> run(String text) throws ScriptException {
    Path file = Rules.write(folder, "script.js", text);
    Trace trace = Rules.trace(folder, Rules.RECORDING);
    ScriptSettings settings = Rules.patient().withOutput(printed::add);
    try (Script script =
        Script.open(Rules.engine(), trace, settings, ReplayOptions.defaults(), folder)) {
      script.run(file);
    }
    return printed;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          trace.events({wher: "failed"})              | trace.events: unknown "wher"; did you mean "where"?
          trace.events(5)                             | trace.events: options are wanted as {where}
          trace.events(["failed"])                    | trace.events: options are wanted as {where}
          trace.events({where: 5})                    | where is a text in the language of search
          trace.event("2")                            | trace.event wants an event's number
          trace.on("tce.put", {were: "all", run() {}}) | trace.on: unknown "were"; did you mean "where"?
          trace.evnts                                 | trace has no "evnts"; did you mean "events"?
          trace.state.befor                           | state has no "befor"; did you mean "before"?
          trace.event(3).ret                          | an event has no "ret": it is "status" in scripts, "ret" in queries
          trace.event(3).pages                        | an event has no "pages": it is "npages" in scripts, "pages" in queries
          trace.event(3).call                         | an event has no "call": it is "kind" in scripts, "call" in queries
          trace.event(3).liobm                        | an event has no "liobm"; did you mean "liobn"?
          trace.event(2).windwo                       | an event has no "windwo"; did you mean "window"?
          trace.windows(2)[0].pagesShift              | a window has no "pagesShift"; did you mean "pageShift"?
          trace.windows(2)[0].covers(5)               | a bus address is a bigint
          trace.windows(2)[0].live({limt: 3})         | live: unknown "limt"; did you mean "limit"?
          trace.windows(2)[0].live(3)                 | live: options are wanted as {limit}
          trace.windows(2)[0].live({limit: 0})        | live: limit is a number from 1
          trace.windows(2)[0].live().counts           | live() has no "counts"; did you mean "count"?
          trace.windows(2)[0].tce(0x2000n).perms      | an entry has no "perms"; did you mean "perm"?
          trace.end.windwos                           | a snapshot has no "windwos"; did you mean "windows"?
          trace.state.history(0x2000n, trace.event(4), {max: 2}) | history: unknown "max"; known are liobn, limit
          trace.state.history(0x2000n, trace.event(4), 2)        | history: options are wanted as {liobn, limit}
          """)
  void aMisspeltNameIsAnError(String expression, String message) {
    assertThatThrownBy(() -> run("console.log(" + expression + ");"))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e -> {
              assertThat(e.error().message()).isEqualTo("TypeError: " + message);
              assertThat(e.error().line()).isOne();
            });
  }

  @Test
  void aTextIsAQuery() throws ScriptException {
    assertThat(run("console.log(trace.events(\"failed\").count(), trace.events().count());"))
        .containsExactly("1 4");
  }

  @Test
  void aHandlerOfARuleIsToldToo() {
    assertThat(broken("return { \"tce.put\": { wher: \"all\", run() {} } };"))
        .contains("tce.put: unknown \"wher\"; did you mean \"where\"?");
    assertThat(broken("return { \"tce.put\": { batch(c) { c.n.x; c.status; c.ret; } } };"))
        .contains("a batch has no \"ret\"");
    assertThat(broken("ctx.option;")).contains("ctx has no \"option\"; did you mean \"options\"?");
    assertThat(broken("return { \"window.closed\"(e) { e.window.live; e.cuase; } };"))
        .contains("an event has no \"cuase\"; did you mean \"cause\"?");
    assertThat(
            broken(
                "return { \"tce.put\"(e) { ctx.report({messageId: \"said\", event: e, data: {what: 1},"
                    + " evidence: [{event: e, not: \"x\"}]}); } };"))
        .contains("report.evidence: unknown \"not\"; did you mean \"note\"?");
  }

  private String broken(String create) {
    Path rule = Rules.rule(folder, "some", create);
    Trace trace = Rules.trace(folder, Rules.RECORDING);
    try (ScriptRules rules = Rules.run(trace, List.of(rule), Rules.patient())) {
      assertThat(rules.errors()).hasSize(1);
      return rules.errors().getFirst().message();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JSON.stringify(trace.event(2)).length > 0",
        "`${trace.event(2)}` === 'event 2 (tce.put)'",
        "!('ret' in trace.event(2)) && 'status' in trace.event(2)",
        "Object.keys(trace.windows(2)[0].tce(0x2000n)).length === 6",
        "JSON.stringify({...trace.windows(2)[0].live()}).includes('sample')",
        "trace.event(2).hasOwnProperty('x') === false",
        "trace.event(2).window === null && trace.event(2).cause === null",
        "await (async () => trace.event(2))() !== undefined",
      })
  void whatTheLanguageAsksOfAnyValueIsAnswered(String expression) throws ScriptException {
    assertThat(run("console.log(" + expression + ");")).containsExactly("true");
  }

  @Test
  void aSyntaxErrorHasOnePlace() {
    assertThatThrownBy(() -> run("const a = 1;\nconst b = ;\n"))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e ->
                assertThat(e.error())
                    .hasToString(
                        "script.js:2:11: SyntaxError: Expected an operand but found ;\n"
                            + "const b = ;\n          ^"));
  }
}
