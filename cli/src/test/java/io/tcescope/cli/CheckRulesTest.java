package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --rules}: rules in JavaScript beside the built-in ones. */
final class CheckRulesTest {
  private static final String LOG =
      """
      spapr_iommu_new_table liobn=0x80000000 table=0x7f42cc81d010 fd=-1
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000 tce=0x1234003 ret=0
      spapr_iommu_pci_put liobn=0x80000000 ioba=0x40000000 tce=0x1236003 ret=-4
      spapr_iommu_ddw_remove liobn=0x80000000
      """;

  /** Reports every refused put; the query language of searches selects them. */
  private static final String REFUSED =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "put-refused", severity: "error", requires: ["tce.put"],
          docs: { summary: "A put was refused.", why: "Because.", fix: "Fix it." },
          messages: { refused: "refused at {ioba} by {who}" },
          schema: { type: "object", properties: { who: { type: "string" } }, additionalProperties: false },
          defaults: { who: "nobody" },
        },
        create(ctx) {
          return {
            "tce.put": {
              where: "call:H_PUT_TCE and ret < 0",
              run(event) {
                const data = { ioba: event.ioba, who: ctx.options.who };
                ctx.report({ messageId: "refused", event, liobn: event.liobn, addr: event.ioba, data });
              },
            },
          };
        },
      });
      """;

  private static final String BROKEN =
      """
      import { defineRule } from "tcescope";
      export default defineRule({
        meta: {
          id: "breaks", severity: "error", requires: [], messages: { never: "never" },
          docs: { summary: "s", why: "w", fix: "f" },
        },
        create(ctx) {
          return {
            "tce.put"(event) {
              event.nothing.at.all;
            },
          };
        },
      });
      """;

  @TempDir private Path folder = Path.of("");
  private String trace = "";
  private Path rules = Path.of("");

  @BeforeEach
  void record() throws IOException {
    trace = Files.writeString(folder.resolve("trace.log"), LOG).toString();
    rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(rules.resolve("put-refused.js"), REFUSED);
  }

  private Said check(String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", "--rules", rules.toString()));
    arguments.addAll(List.of(more));
    return Said.by(arguments.toArray(String[]::new));
  }

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
  void aBrokenRuleIsNamedWithItsPlaceAndTheOthersFinish() throws IOException {
    Files.writeString(rules.resolve("breaks.js"), BROKEN);
    Said said = check(trace, "--format", "json");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .contains("tcescope: " + trace + ": breaks: breaks.js:10:9: TypeError")
        .contains("    handling line 2: spapr_iommu_pci_put liobn=0x80000000 ioba=0x10000");
    assertThat(said.out())
        .contains("\"rule\":\"put-refused\"", "\"rule\":\"default-window-removed-in-use\"")
        .contains(
            "\"ruleErrors\":[{\"rule\":\"breaks\",\"file\":\"breaks.js\",\"line\":10,\"column\":9");
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

  private static List<String> rulesOf(Said said) {
    return said.out()
        .lines()
        .filter(line -> line.startsWith("{\"rule\""))
        .map(line -> line.substring(9, line.indexOf('"', 9)))
        .toList();
  }

  @Test
  void onlyTheRulesThatAreAskedReport() {
    Said only = check(trace, "--format", "ndjson", "--only", "put-refused,tce-leak");
    assertThat(rulesOf(only)).containsExactly("put-refused");
    assertThat(only.out()).contains("\"notAsked\":[").contains("\"ioba-out-of-window\"");
    Said without =
        check(trace, "--format", "ndjson", "--disable", "put-refused,ioba-out-of-window");
    assertThat(rulesOf(without)).containsExactly("default-window-removed-in-use");
    assertThat(without.out()).contains("\"notAsked\":[\"ioba-out-of-window\",\"put-refused\"]");
    Said text = check(trace, "--only", "tce-leak");
    assertThat(text.exitCode()).isEqualTo(ExitCode.CLEAN);
    assertThat(text.out()).containsPattern("nothing found, \\d+ rules not asked\n");
    assertThat(check(trace, "--disable", "put-refused").out()).contains("Not asked: put-refused\n");
    assertThat(check(trace, "--disable", "put-refused", "--format", "sarif").out())
        .contains("\"ruleConfigurationOverrides\":[{\"descriptor\":{\"id\":\"put-refused\"");
  }

  @Test
  void anIdOfNoRuleIsAMistake() {
    Said builtIn = Said.by("check", trace, "--only", "tce-leek");
    assertThat(builtIn.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(builtIn.out()).isEmpty();
    assertThat(builtIn.err())
        .contains("--only: no rule is called tce-leek (did you mean tce-leak?)");
    Said own = check(trace, "--disable", "put-refusd");
    assertThat(own.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(own.err()).contains("no rule is called put-refusd (did you mean put-refused?)");
  }

  @Test
  void whatIsNotAskedIsNotGoneFromABaseline() throws IOException {
    Path known = folder.resolve("known.json");
    Files.writeString(known, check(trace, "--format", "json").out());
    Said said =
        check(trace, "--baseline", known.toString(), "--disable", "put-refused,ioba-out-of-window");
    assertThat(said.out())
        .contains("2 findings of the baseline were not judged")
        .doesNotContain("gone");
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

  @Test
  void a_rule_that_was_stopped_is_not_tried_on_the_recordings_that_follow() throws IOException {
    Files.writeString(
        rules.resolve("hog.js"),
        BROKEN.replace("event.nothing.at.all", "for (;;) new Float64Array(1e6)"));
    List<String> logs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      logs.add(Files.writeString(folder.resolve(i + ".log"), LOG).toString());
    }
    List<String> line = new ArrayList<>(List.of("check", "--rules", rules.toString(), "--timing"));
    line.addAll(logs);
    Said said = Said.by(line.toArray(String[]::new));
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err().lines().filter(words -> words.contains("stopped: ")))
        .singleElement()
        .asString()
        .startsWith("tcescope: " + logs.getFirst() + ": breaks: hog.js");
    assertThat(said.err())
        .contains(logs.get(1) + ": breaks: hog.js: not tried, for it was stopped in " + logs.get(0))
        .contains("    has not judged the recording at all");
    line.addAll(List.of("--format", "ndjson"));
    List<String> runs =
        Said.by(line.toArray(String[]::new))
            .out()
            .lines()
            .filter(json -> json.startsWith("{\"trace\""))
            .toList();
    assertThat(runs).hasSize(logs.size());
    assertThat(runs.getFirst()).contains("stopped: one call allocated");
    assertThat(runs.subList(1, runs.size()))
        .allMatch(json -> json.contains("\"message\":\"not tried, for it was stopped in "));
  }

  @Test
  void a_rule_that_breaks_in_one_recording_judges_the_others_to_their_ends() throws IOException {
    Files.writeString(
        rules.resolve("breaks.js"),
        BROKEN.replace(
            "event.nothing.at.all;",
            "if (event.ioba > 0x50000000n) event.nothing.at.all;"
                + " ctx.report({messageId: \"never\", event});"));
    String bad = LOG.lines().toList().get(2).replace("0x40000000", "0x60000000") + "\n";
    List<String> line = new ArrayList<>(List.of("check", "--rules", rules.toString()));
    for (int i = 0; i < 6; i++) {
      String text = i % 2 == 0 ? LOG : LOG + bad + LOG.lines().toList().get(1) + "\n";
      line.add(Files.writeString(folder.resolve(i + ".log"), text).toString());
    }
    Said text = Said.by(line.toArray(String[]::new));
    assertThat(text.err())
        .contains("tcescope: " + folder + "/1.log: breaks: breaks.js:10:", "TypeError")
        .contains("    handling line 5: " + bad)
        .contains("    has not judged the recording from line 5 on");
    assertThat(text.out())
        .containsOnlyOnce("5.log: QEMU trace log")
        .contains("The rule breaks broke: it has not judged this recording from line 5 on");
    line.addAll(List.of("--format", "ndjson"));
    Said json = Said.by(line.toArray(String[]::new));
    assertThat(json.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(json.out().lines().filter(one -> one.startsWith("{\"rule\":\"breaks\"")))
        .hasSize(6 * 2);
    assertThat(json.out().lines().filter(one -> one.contains("ruleErrors")))
        .hasSize(3)
        .allMatch(
            one ->
                one.contains("\"handled\":{\"event\":5,\"line\":5,")
                    && one.contains("\"notJudgedFrom\":{\"event\":5,\"line\":5,"));
    line.set(line.size() - 1, "sarif");
    assertThat(Said.by(line.toArray(String[]::new)).out())
        .contains("has not judged the recording from line 5 on")
        .contains("\"startLine\":5");
  }
}
