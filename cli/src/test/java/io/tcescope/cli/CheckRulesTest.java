package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void aBrokenRuleIsNamedWithItsPlaceAndTheOthersFinish() throws IOException {
    Files.writeString(rules.resolve("breaks.js"), BROKEN);
    Said said = check(trace, "--format", "json");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("tcescope: breaks: breaks.js:10:9: TypeError");
    assertThat(said.out())
        .contains("\"rule\":\"put-refused\"", "\"rule\":\"default-window-removed-in-use\"")
        .contains(
            "\"ruleErrors\":[{\"rule\":\"breaks\",\"file\":\"breaks.js\",\"line\":10,\"column\":9");
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
    List<String> told = said.err().lines().filter(words -> words.contains("stopped: ")).toList();
    assertThat(told).allMatch(words -> words.matches("tcescope: .*\\d+\\.log: breaks: .*"));
    assertThat(told.size()).isBetween(1, 2);
    line.addAll(List.of("--format", "ndjson"));
    long runs =
        Said.by(line.toArray(String[]::new))
            .out()
            .lines()
            .filter(json -> json.contains("stopped: one call allocated"))
            .count();
    assertThat(runs).isEqualTo(logs.size());
  }
}
