package io.tcescope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --only} and {@code --disable}: which rules are asked, of both kinds. */
final class RuleChoiceTest extends RuleFolder {
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

  @ParameterizedTest
  @ValueSource(strings = {"--strict", "--untrusted"})
  void aRuleThatIsNotAskedDoesNotRun(String how) throws IOException {
    Files.writeString(rules.resolve("breaks.js"), BROKEN);
    Said broken = check(trace, "--timing", how);
    assertThat(broken.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(broken.err()).containsPattern("breaks +script");
    for (String[] choice : new String[][] {{"--disable", "breaks"}, {"--only", "put-refused"}}) {
      Said said = check(trace, "--timing", how, choice[0], choice[1]);
      assertThat(said.exitCode()).isEqualTo(ExitCode.FINDINGS);
      assertThat(said.err()).containsPattern("put-refused +script").doesNotContain("breaks");
    }
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
}
