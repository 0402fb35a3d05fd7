package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.DmaWindow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each scenario, and compares the state after its steps and the findings. */
class ScenarioTest {
  static Stream<Path> scenarios() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(ScenarioTest.class.getResource("/scenarios"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theStateIsAsExpectedAfterEachStep(Path file) {
    Scenario scenario = Scenario.read(file);
    Trace trace = scenario.calls().trace();
    Timeline timeline = Replay.run(trace, options(scenario), () -> new Timeline(trace)).observer();
    for (Scenario.WindowAfter expected : scenario.states()) {
      DmaWindow window =
          timeline.after(scenario.event(expected.step())).settled().window(expected.liobn());
      for (String expectation : expected.expectations()) {
        assertThat(actual(window, expectation))
            .as("after step %d, window 0x%x: %s", expected.step(), expected.liobn(), expectation)
            .isEqualTo(expectation);
      }
    }
  }

  private static ReplayOptions options(Scenario scenario) {
    return ReplayOptions.defaults()
        .withPlatform(scenario.platform())
        .withInference(Inference.LINUX);
  }

  /** The expectation with the actual value in place of the expected one. */
  private static String actual(DmaWindow window, String expectation) {
    if (expectation.equals("none")) {
      return window.isOpen() ? window.toString() : "none";
    }
    String name = expectation.substring(0, expectation.indexOf('='));
    if (!window.isOpen()) {
      return name + " of no window";
    }
    String value =
        switch (name) {
          case "start" -> Draft.hex(window.start());
          case "entries" -> Draft.hex(window.entries());
          case "shift" -> Integer.toString(window.pageShift());
          case "live" -> Long.toString(window.mapped());
          case "unknown" -> Long.toString(window.unknown());
          case "generation" -> Integer.toString(window.generation());
          case "role" -> window.role().name().toLowerCase(java.util.Locale.ROOT);
          case "class" -> window.mapping().name().toLowerCase(java.util.Locale.ROOT);
          default -> Draft.hex(window.tce(Scenario.numberOf(name.substring(1, name.length() - 1))));
        };
    return name + "=" + value;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theFindingsAreTheExpectedOnesAndNoOthers(Path file) {
    Scenario scenario = Scenario.read(file);
    List<Finding> findings = Checked.of(scenario.calls().trace(), options(scenario)).findings();
    List<String> loud =
        findings.stream()
            .filter(finding -> !finding.severity().equals(Severity.INFO))
            .map(finding -> line(scenario, finding))
            .sorted()
            .toList();
    List<String> expectedLoud =
        scenario.findings().stream()
            .filter(expected -> !expected.severity().equals("info"))
            .map(e -> e.step() + " " + e.rule() + " " + e.severity())
            .sorted()
            .toList();
    assertThat(loud).isEqualTo(expectedLoud);
    for (Scenario.Expected expected : scenario.findings()) {
      compare(scenario, expected, findings);
    }
  }

  private static String line(Scenario scenario, Finding finding) {
    return scenario.step(finding.ordinal())
        + " "
        + finding.rule()
        + " "
        + finding.severity().label();
  }

  private static void compare(
      Scenario scenario, Scenario.Expected expected, List<Finding> findings) {
    String wanted = expected.step() + " " + expected.rule() + " " + expected.severity();
    List<Finding> candidates =
        findings.stream().filter(f -> line(scenario, f).equals(wanted)).toList();
    assertThat(candidates).as(wanted).hasSize(1);
    Finding finding = candidates.get(0);
    assertThat(finding.evidence()).as("evidence of %s", wanted).isNotEmpty();
    assertThat(finding.message()).as(wanted).doesNotContain("{").doesNotContain("?");
    for (String expectation : expected.expectations()) {
      String[] parts = expectation.split("=", -1);
      if (parts.length == 1) {
        assertThat(finding.confidence().label()).as(wanted).isEqualTo(expectation);
      } else {
        Map<String, Object> data = finding.data();
        assertThat(data).as(wanted).containsKey(parts[0]);
        assertThat(shown(scenario, parts[0], Objects.requireNonNull(data.get(parts[0]))))
            .as("%s of %s", parts[0], wanted)
            .isEqualTo(parts[1]);
      }
    }
  }

  /** Data that name events are compared by step. */
  private static String shown(Scenario scenario, String name, Object value) {
    boolean event = name.equals("created") || name.endsWith("By");
    return event ? Integer.toString(scenario.step((Long) value)) : String.valueOf(value);
  }
}
