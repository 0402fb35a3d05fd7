package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
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
  private static final String HOLE = Rule.TRACE_HOLE_SUSPECTED.id();
  private static final Set<String> BY_ABSENCE =
      Set.of(
          HOLE,
          Rule.MODEL_MISMATCH.id(),
          Rule.UNKNOWN_LIOBN.id(),
          Rule.LIOBN_REUSE.id(),
          Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED.id());

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

  /** What was there before is not announced: no record is missing, and nothing sure for that. */
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("starts")
  void aLateStartMakesNothingSure(Path run, long seed) throws IOException {
    byte[] log = SideFile.bytes(run.resolve("trace.log.zst"));
    String text = new String(log, StandardCharsets.UTF_8);
    int working = text.indexOf('\n', text.indexOf(" ioba=")); // behind the first call
    int from = working + (int) (seed % ((log.length - working) * 9L / 10));
    Path late = folder.resolve("late.log");
    Files.write(late, Arrays.copyOfRange(log, text.indexOf('\n', from) + 1, log.length));
    assumeTrue(Files.size(late) > 0, "too short");
    Set<String> whole = sure(run.resolve("trace.log.zst"));
    assumeTrue(whole.stream().noneMatch(one -> one.startsWith(HOLE)), "has one anyway");
    assertThat(whole).containsAll(sure(late));
  }

  /** What rules that judge by what there is not are sure of. */
  private static Set<String> sure(Path file) throws IOException {
    try (Trace trace = Fixtures.open(file)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
          .observer()
          .findings()
          .stream()
          .filter(finding -> finding.confidence() == Confidence.CERTAIN)
          .filter(finding -> BY_ABSENCE.contains(finding.rule()))
          .map(Finding::fingerprint)
          .collect(Collectors.toSet());
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
