package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code check --rules}: rules in JavaScript beside the built-in ones. */
final class CheckRulesTest extends RuleFolder {
  @Test
  void findingsOfBothKindsOfRulesStandInTheOrderOfEventsAndRules() {
    Said said = check(trace, "--format", "ndjson");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(said.out().lines().filter(line -> line.startsWith("{\"rule\"")))
        .extracting(line -> line.substring(9, line.indexOf('"', 9)))
        .containsExactly("ioba-out-of-window", "put-refused", "default-window-removed-in-use");
  }

  @Test
  void peopleAreToldWhyAFindingOfARuleMatters() {
    assertThat(check(trace).out())
        .contains("ERROR put-refused at line 3")
        .contains("refused at 0x40000000 by nobody")
        .contains("why it matters: Because.")
        .contains("what to do:     Fix it.");
  }

  @Test
  void optionsReachTheRuleAndAreChecked() {
    assertThat(check(trace, "--rule-option", "put-refused.who=QEMU").out())
        .contains("refused at 0x40000000 by QEMU");
    Said wrong = check(trace, "--rule-option", "put-refused.whom=QEMU");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("options.whom: unknown; did you mean \"who\"?");
  }

  @Test
  void optionsAreReadAsTheSchemaWantsThem() throws IOException {
    String schema =
        "{ who: { type: \"string\" }, list: { type: \"array\", items: { type: \"string\" } },"
            + " n: { type: \"integer\" }, x: { type: \"number\" }, on: { type: \"boolean\" } }";
    Files.writeString(
        rules.resolve("put-refused.js"),
        REFUSED
            .replace("{ who: { type: \"string\" } }", schema)
            .replace("who: ctx.options.who", "who: JSON.stringify(ctx.options)"));
    Map<String, String> told =
        Map.of(
            "who=0x10", "\"who\":\"0x10\"",
            "list=[\"0x80000000\", \"b\"]", "\"list\":[\"0x80000000\",\"b\"]",
            "n=0x10", "\"n\":16",
            "n=0x8000000000000001", "\"n\":\"0x8000000000000001\"",
            "x=-1.5", "\"x\":-1.5",
            "on=true", "\"on\":true");
    told.forEach(
        (option, seen) ->
            assertThat(check(trace, "--rule-option", "put-refused." + option).out())
                .as(option)
                .contains(seen));
    assertThat(check(trace, "--rule-option", "put-refused.list=[oops").err())
        .contains("options.list: array wanted, not string");
    Said builtIn = check(trace, "--rule-option", "windows-overlap.x=1");
    assertThat(builtIn.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(builtIn.err()).contains("windows-overlap is built in and has no options");
  }

  @Test
  void whatARulePrintsGoesToStandardErrorWithItsPlaceInTheOrderOfRecordings() throws IOException {
    Files.writeString(
        rules.resolve("put-refused.js"),
        REFUSED.replace("const data =", "console.log(\"refused\", event.ioba); const data ="));
    String other = Files.writeString(folder.resolve("other.log"), LOG).toString();
    for (String more : new String[] {"--timing", "--untrusted"}) {
      Said said = check(trace, other, more);
      assertThat(said.err().lines().filter(line -> line.startsWith("put-refused: ")))
          .containsExactly(
              "put-refused: " + trace + ", line 3: refused 0x40000000",
              "put-refused: " + other + ", line 3: refused 0x40000000");
      assertThat(said.out()).doesNotContain("refused 0x40000000\n");
    }
  }

  @Test
  void anIndexSaysWhichFilesOfAFolderAreRules() throws IOException {
    Files.writeString(rules.resolve("breaks.js"), BROKEN);
    Files.writeString(rules.resolve("index.txt"), "put-refused.js\n");
    assertThat(check(trace).exitCode()).isEqualTo(ExitCode.FINDINGS);
    Files.writeString(rules.resolve("index.txt"), "missing.js\n");
    Said said = check(trace);
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("names missing.js, which is not there");
  }

  @Test
  void manyRecordingsSideBySideGiveTheSameBytesAsOneAfterTheOther() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    StringBuilder singly = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String more = LOG.lines().toList().get(2) + "\n";
      Path one = Files.writeString(many.resolve("trace" + (10 + i) + ".log"), LOG + more.repeat(i));
      singly.append(check(one.toString(), "--format", "ndjson").out());
    }
    assertThat(check(many.toString(), "--format", "ndjson").out()).isEqualTo(singly.toString());
  }

  @Test
  void aTwinOfABuiltInRuleAddsNothing() {
    Path pack = Path.of("..", "scripting", "rules");
    String twin = pack.resolve("default-window-removed-in-use.js").toString();
    Said said = Said.by("check", trace, "--rules", twin);
    assertThat(said.out()).isEqualTo(Said.by("check", trace).out());
    assertThat(said.err())
        .contains("a rule bears the id of a built-in one", "default-window-removed-in-use");
  }

  @Test
  void aRuleThatCannotJudgeSaysWhyOfEachRecording() throws IOException {
    Files.writeString(
        rules.resolve("freezes.js"),
        BROKEN.replace("breaks", "freezes").replace("requires: []", "requires: [\"eeh.freeze\"]"));
    Said said = check(trace, "--format", "json");
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(said.out())
        .contains("{\"rule\":\"freezes\",\"reason\":\"the recorder does not see EEH freezes\"}");
  }

  @Test
  void timingNamesEveryRuleAndLeavesTheResultsAlone() {
    Said said = check(trace, "--timing");
    assertThat(said.err())
        .containsPattern("(?m)^ *[\\d.]+  window-removals +built-in$")
        .containsPattern("(?m)^ *[\\d.]+  put-refused +script$");
    assertThat(said.out()).isEqualTo(check(trace).out());
  }
}
