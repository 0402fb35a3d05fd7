package io.tcescope.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.scripting.Limits;
import io.tcescope.scripting.RulePack;
import io.tcescope.scripting.RuleTests;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptRules;
import io.tcescope.scripting.ScriptSettings;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that are shipped as examples: twins agree with their Java checks, tests pass. */
final class RulePackTest {
  private static final Path PACK = Path.of("../scripting/rules");
  private static final Path FIXTURES = Path.of("../traces/src/test/resources/corpus");
  private static final ScriptEngine ENGINE = ScriptEngine.start();

  /** No machine is too slow for these limits. */
  private static final ScriptSettings SETTINGS =
      ScriptSettings.with(new QueryFilters())
          .withLimits(new Limits(1_000_000_000, Duration.ofSeconds(60), 1L << 30));

  private static final Set<String> TWINS =
      Set.of(
          "default-window-removed-in-use",
          "window-removed-in-use",
          "window-reset-in-use",
          "ddw-at-bus-zero",
          "liobn-reuse",
          "windows-overlap");

  @TempDir private Path folder = Path.of("");

  @AfterAll
  static void stop() {
    ENGINE.close();
  }

  /** {@code -Dtcescope.corpus=FOLDER} takes the recordings from a corpus instead. */
  static List<Path> recordings() throws IOException {
    String corpus = System.getProperty("tcescope.corpus", FIXTURES.toString());
    try (Stream<Path> runs = Files.list(Path.of(corpus))) {
      return runs.map(run -> run.resolve("trace.log.zst")).filter(Files::exists).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void twinsFindWhatTheJavaChecksFind(Path recording) throws IOException {
    List<Path> rules =
        RulePack.rules(PACK).stream()
            .filter(file -> TWINS.contains(file.getFileName().toString().replace(".js", "")))
            .toList();
    assertThat(rules).hasSameSizeAs(TWINS);
    try (Trace trace = Traces.open(recording, TraceOptions.NONE)) {
      CheckRunner checks =
          Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).observer();
      try (ScriptRules scripts =
          Replay.run(
                  trace,
                  ReplayOptions.defaults(),
                  () -> ScriptRules.load(ENGINE, rules, trace, SETTINGS))
              .observer()) {
        assertThat(scripts.errors()).isEmpty();
        assertThat(twins(scripts.findings())).isEqualTo(twins(checks.findings()));
      }
    }
  }

  private static List<String> twins(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> TWINS.contains(finding.rule()))
        .map(finding -> finding.withoutMessageId().toString())
        .toList();
  }

  @Test
  void thePackHasTwelveRulesAndMoreEachWithAnIdLikeItsFileAndATest() throws Exception {
    List<Path> rules = RulePack.rules(PACK);
    assertThat(rules).hasSizeGreaterThanOrEqualTo(12);
    for (Path rule : rules) {
      String id = ScriptRules.describe(ENGINE, rule).id();
      assertThat(rule.getFileName()).hasToString(id + ".js");
      assertThat(PACK.resolve(id + ".test.js")).exists();
    }
  }

  @Test
  void theTestsOfThePackPass() throws Exception {
    List<RuleTests.Result> results = new ArrayList<>();
    for (Path file : RulePack.tests(PACK)) {
      results.addAll(tests().run(file));
    }
    assertThat(results)
        .hasSizeGreaterThan(30)
        .allSatisfy(result -> assertThat(result.complaint()).as(result.name()).isEmpty());
  }

  @Test
  void aBrokenRuleFailsItsTestWithADiff() throws Exception {
    String id = "liobn-reuse";
    Files.createDirectories(folder.resolve("lib"));
    Files.copy(PACK.resolve("lib/in-use.js"), folder.resolve("lib/in-use.js"));
    Path test = Files.copy(PACK.resolve(id + ".test.js"), folder.resolve(id + ".test.js"));
    String text = Files.readString(PACK.resolve(id + ".js"));
    Files.writeString(
        folder.resolve(id + ".js"), text.replace("old.start === window.start &&", ""));
    assertThat(tests().run(test))
        .filteredOn(result -> !result.passed())
        .singleElement()
        .extracting(RuleTests.Result::complaint)
        .isEqualTo("  - expected, + found\n  - line 4 | elsewhere | warning | evidence 2, 3, 4");
  }

  private RuleTests tests() {
    return new RuleTests(ENGINE, this::recording, SETTINGS);
  }

  private int number;

  private Trace recording(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("case" + number++ + ".log"), text);
    return Traces.open(file, TraceOptions.NONE);
  }
}
