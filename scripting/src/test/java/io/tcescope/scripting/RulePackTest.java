package io.tcescope.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that are shipped as examples: twins agree with their Java checks, tests pass. */
final class RulePackTest {
  private static final Path PACK = Path.of("rules");

  private static final Set<String> TWINS =
      Set.of(
          "default-window-removed-in-use",
          "window-removed-in-use",
          "window-reset-in-use",
          "ddw-at-bus-zero",
          "liobn-reuse",
          "windows-overlap");

  /** More recordings than the repository holds: {@code -Dtcescope.corpus=FOLDER}. */
  private static final String CORPUS = System.getProperty("tcescope.corpus", "");

  @TempDir Path folder;

  static List<Path> recordings() throws IOException {
    Path corpus = CORPUS.isEmpty() ? Path.of("src/test/resources/corpus") : Path.of(CORPUS);
    try (Stream<Path> runs = Files.list(corpus)) {
      return runs.map(run -> run.resolve("trace.log.zst")).filter(Files::exists).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void twinsFindWhatTheJavaChecksFind(Path recording) throws IOException {
    Trace trace = Rules.open(recording);
    CheckRunner checks =
        Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).observer();
    ScriptRules rules = Rules.run(trace, RulePack.rules(PACK), Rules.patient());
    assertThat(rules.errors()).isEmpty();
    assertThat(twins(rules.findings())).isEqualTo(twins(checks.findings()));
  }

  private static List<String> twins(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> TWINS.contains(finding.rule()))
        .map(Finding::toString)
        .toList();
  }

  @Test
  void thePackHasTwelveRulesAndMoreEachWithAnIdLikeItsFile() throws Exception {
    List<Path> rules = RulePack.rules(PACK);
    assertThat(rules).hasSizeGreaterThanOrEqualTo(12);
    for (Path rule : rules) {
      assertThat(ScriptRules.describe(Rules.engine(), rule).id() + ".js")
          .isEqualTo(String.valueOf(rule.getFileName()));
    }
  }

  @Test
  void theTestsOfThePackPass() throws Exception {
    RuleTests tests = new RuleTests(Rules.engine(), this::recording, Rules.patient());
    List<RuleTests.Result> results = new ArrayList<>();
    for (Path file : RulePack.tests(PACK)) {
      results.addAll(tests.run(file));
    }
    assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(result.complaint()).isEmpty());
  }

  @Test
  void aBrokenRuleFailsItsTestWithADiff() throws Exception {
    String id = "stuff-sets-permission";
    String text = Files.readString(PACK.resolve(id + ".js"));
    Rules.write(folder, id + ".js", text.replace("event.perm", "event.missing"));
    Path test =
        Rules.write(folder, id + ".test.js", Files.readString(PACK.resolve(id + ".test.js")));
    RuleTests tests = new RuleTests(Rules.engine(), this::recording, Rules.patient());
    assertThat(tests.run(test))
        .filteredOn(result -> !result.passed())
        .singleElement()
        .extracting(RuleTests.Result::complaint)
        .isEqualTo("  - expected, + found\n  - line 3 | set | evidence 3");
  }

  private int number;

  private Trace recording(String text) {
    return Rules.open(Rules.write(folder, "case" + number++ + ".log", text));
  }
}
