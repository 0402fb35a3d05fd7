package io.tcescope.traces.corpus;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A recording that was switched on late tells less, and nothing that is wrong: whatever it lacks of
 * its beginning, each claim holds in the hypervisor's memory.
 */
final class LateStartTest {
  private static final int STARTS_PER_RUN = 4;
  @TempDir private Path folder;

  static Stream<Arguments> starts() {
    return Fixtures.runsWith("truth.json.zst").stream()
        .flatMap(
            run ->
                new SplittableRandom(String.valueOf(run.getFileName()).hashCode())
                    .longs(STARTS_PER_RUN, 0, Long.MAX_VALUE)
                    .mapToObj(seed -> Arguments.of(run, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("starts")
  void aLateStartMakesNoClaimWrong(Path run, long seed) throws IOException {
    Truth truth = Truth.of(run.resolve("truth.json.zst"));
    long whole = truth.snapshots().getLast().line();
    long missing = 1 + seed % (whole - 1);
    byte[] log = SideFile.bytes(run.resolve("trace.log.zst"));
    Path late = folder.resolve("late.log");
    Files.write(late, Arrays.copyOfRange(log, startOfLine(log, missing), log.length));
    try (Trace trace = Fixtures.open(late)) {
      Replay.Result<Truth.Recorder> result =
          Replay.run(trace, ReplayOptions.defaults(), () -> new Truth.Recorder(truth, missing));
      for (Truth.Snapshot snapshot : truth.snapshots()) {
        Truth.claims(result.observer().at(snapshot), snapshot);
      }
    }
  }

  private static int startOfLine(byte[] log, long line) {
    int at = 0;
    for (long passed = 0; passed < line; at++) {
      passed += log[at] == '\n' ? 1 : 0;
    }
    return at;
  }
}
