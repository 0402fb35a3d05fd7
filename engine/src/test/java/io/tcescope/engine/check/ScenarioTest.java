package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.DmaWindow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Trace trace = scenario.trace();
    Timeline timeline = Replay.run(trace, scenario.options(), () -> new Timeline(trace)).observer();
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
          case "start" -> Hex.of(window.start());
          case "entries" -> Hex.of(window.entries());
          case "shift" -> Integer.toString(window.pageShift());
          case "live" -> Long.toString(window.mapped());
          case "unknown" -> Long.toString(window.unknown());
          case "generation" -> Integer.toString(window.generation());
          case "role" -> window.role().name().toLowerCase(java.util.Locale.ROOT);
          case "class" -> window.mapping().name().toLowerCase(java.util.Locale.ROOT);
          default -> Hex.of(window.tce(StepWords.numberOf(name.substring(1, name.length() - 1))));
        };
    return name + "=" + value;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theFindingsAreTheExpectedOnesAndNoOthers(Path file) {
    ExpectedFindings.verify(Scenario.read(file));
  }
}
