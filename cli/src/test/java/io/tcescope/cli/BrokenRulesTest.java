package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code check --rules} with rules that break or hang: what is judged all the same, and what is
 * not.
 */
final class BrokenRulesTest extends RuleFolder {
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
