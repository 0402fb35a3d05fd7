package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules} tells mistakes from results, for people and for builds. */
final class RulesCommandTest {
  private static final String SAMPLE = "../traces/samples/default-window-removed-in-use.log";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_rule_is_not_written_over_another_or_a_built_in_one() {
    String here = folder.toString();
    assertThat(Said.by("rules", "new", "mine", "--dir", here).exitCode()).isEqualTo(ExitCode.CLEAN);
    refused("mine.js: is there already", "rules", "new", "mine", "--dir", here);
    refused("tce-leak is a built-in rule", "rules", "new", "tce-leak", "--dir", here);
    refused("words in lower case", "rules", "new", "My Rule", "--dir", here);
  }

  @Test
  void help_names_the_command_line_that_tells_more() {
    assertThat(Said.by("rules", "--help").out()).contains("(tcescope rules COMMAND --help");
    assertThat(Said.by("--help").out()).contains("(tcescope COMMAND --help");
  }

  @Test
  void a_wrong_path_is_a_mistake_and_lists_nothing() {
    String nowhere = folder.resolve("nowhere").toString();
    refused("no such rule file or folder", "rules", "list", "--rules", nowhere);
    refused("no such rule file or folder", "rules", "explain", "x", "--rules", nowhere);
    refused("no such test file or folder", "rules", "test", nowhere);
    String empty = folder.toString();
    refused("no rule (*.js) in", "rules", "list", "--rules", empty);
    refused("no rule (*.js) in", "check", SAMPLE, "--rules", empty);
    refused("did you mean tce-leak?", "rules", "explain", "tce-leek");
  }

  @Test
  void no_test_at_all_is_not_taken_for_passing() throws IOException {
    refused("holds no test", "rules", "test", folder.toString());
    refused("holds no test", "rules", "test", "--untrusted", folder.toString());
    Path empty = Files.writeString(folder.resolve("empty.test.js"), "export const nothing = 0;\n");
    refused("runs no case", "rules", "test", empty.toString());
  }

  @Test
  void a_case_whose_trace_is_no_recording_fails_and_the_others_are_played() throws IOException {
    Said.by("rules", "new", "mine", "--dir", folder.toString());
    Path test = folder.resolve("mine.test.js");
    String cases = Files.readString(test);
    for (String kind : new String[] {"valid", "invalid"}) {
      String list = kind + ": [\n";
      String findings =
          kind.equals("valid") ? "" : ", findings: [{messageId: \"refused\", line: 1}]";
      cases =
          cases.replace(
              " " + list, " " + list + "{name: \"prose\", trace: \"words\"" + findings + "},\n");
    }
    Files.writeString(test, cases);
    Said said = Said.by("rules", "test", test.toString());
    assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(said.out())
        .isEqualTo(
            """
            FAIL  mine, valid: prose
              the trace holds no recording
            ok    mine, valid: the put succeeds
            FAIL  mine, invalid: prose
              the trace holds no recording
            ok    mine, invalid: the put is refused
            4 cases, 2 failed
            """);
    assertThat(said.err()).isEmpty();
  }

  @Test
  void an_option_for_no_rule_is_a_mistake() {
    Said.by("rules", "new", "mine", "--dir", folder.toString());
    String rules = folder.resolve("mine.js").toString();
    Said said = Said.by("check", SAMPLE, "--rules", rules, "--rule-option", "mien.limit=3");
    assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("no rule is called mien (did you mean mine?)");
    refused("for rules in JavaScript", "check", SAMPLE, "--rule-option", "mine.limit=3");
  }

  @Test
  void each_command_has_a_help_of_its_own() {
    for (String command : new String[] {"list", "explain", "test", "new"}) {
      assertThat(Said.by("rules", command, "--help").out())
          .contains("Exit codes: 0 ", "  tcescope rules " + command)
          .doesNotContain("Start here", "130 interrupted");
    }
    assertThat(Said.by("rules", "--help").out()).doesNotContain("Start here");
  }

  private static void refused(String reason, String... arguments) {
    Said said = Said.by(arguments);
    assertThat(said.exitCode()).as(String.join(" ", arguments)).isEqualTo(ExitCode.USAGE);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains(reason).doesNotContain("Exception");
  }
}
