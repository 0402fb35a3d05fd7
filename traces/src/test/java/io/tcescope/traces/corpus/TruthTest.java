package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Certainty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The state at every snapshot of a recording equals the hypervisor's own memory. */
final class TruthTest {
  static List<Path> runs() {
    return Fixtures.runsWith("truth.json.zst");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whatIsClaimedIsWhatTheHypervisorHeld(Path run) throws IOException {
    Truth truth = Truth.of(run.resolve("truth.json.zst"));
    boolean linux = String.valueOf(run.getFileName()).startsWith("linux");
    try (Trace trace = Fixtures.open(run.resolve("trace.log.zst"))) {
      Replay.Result<Truth.Recorder> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Truth.Recorder(truth));
      assertThat(result.rules().inferLists()).as("lists completed").isEqualTo(linux);
      assertThat(result.rules().unrecorded()).as("calls left out").isEmpty();
      for (Truth.Snapshot snapshot : truth.snapshots()) {
        Map<Certainty, Long> counts = Truth.compare(result.observer().at(snapshot), snapshot);
        if (linux) {
          assertThat(counts).as("unknown in %s", snapshot).doesNotContainKey(Certainty.UNKNOWN);
        }
      }
    }
  }
}
