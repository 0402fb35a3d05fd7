package io.tcescope.cli.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A finding has the same fingerprint in every recording of the same scene. */
final class FingerprintTest {
  private static final Path FIXTURES = Path.of("../traces/src/test/resources/corpus");
  private static final Pattern STAMP = Pattern.compile("(\\d+)@(\\d+)\\.(\\d{6}):");
  private static final int TRIES = 3;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "linux510-default-removed-in-use/trace.log, linux510-default-removed-in-use-xlate/trace.log",
    "simple-case-ddw-at-zero/trace.log, simple-case-ddw-at-zero/trace.bin",
    "simple-case-ddw-at-zero/trace.log, case72-ddw-at-zero/trace.log",
    "simple-case-reset-after-use/trace.log, case72-reset-after-use/trace.log",
  })
  void recordings_of_one_scene_agree(String one, String other) throws IOException {
    List<String> fingerprints = fingerprints(FIXTURES.resolve(one + ".zst"));
    assertThat(fingerprints).isNotEmpty();
    assertThat(fingerprints(FIXTURES.resolve(other + ".zst"))).isEqualTo(fingerprints);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux510-default-removed-in-use", "case72-ddw-at-zero", "fuzz72-seed1"})
  void time_process_and_line_are_chance(String run) throws IOException {
    Path recording = FIXTURES.resolve(run).resolve("trace.log.zst");
    List<String> lines = SideFile.lines(recording);
    List<String> expected = fingerprints(recording);
    assertThat(expected).isNotEmpty();
    for (int i = 0; i < TRIES; i++) {
      long seed = new Random().nextLong();
      Path again = Files.write(folder.resolve(i + ".log"), recordedAgain(lines, new Random(seed)));
      assertThat(fingerprints(again)).as("%s, seed %d", run, seed).isEqualTo(expected);
    }
  }

  /** The same events at another time, by another process, behind lines of others. */
  private static List<String> recordedAgain(List<String> lines, Random random) {
    List<String> again = new ArrayList<>();
    for (int i = random.nextInt(50); i > 0; i--) {
      again.add("qemu-system-ppc64: warning: foreign line " + random.nextInt(1000));
    }
    int process = random.nextInt(100);
    long seconds = random.nextInt(1_000_000);
    for (String line : lines) {
      Matcher stamp = STAMP.matcher(line);
      boolean stamped = stamp.lookingAt();
      again.add(
          !stamped
              ? line
              : String.format(
                  Locale.ROOT,
                  "%d@%d.%s:%s",
                  Long.parseLong(stamp.group(1)) + process,
                  Long.parseLong(stamp.group(2)) + seconds,
                  stamp.group(3),
                  line.substring(stamp.end())));
    }
    return again;
  }

  @Test
  void it_names_the_rule_and_what_it_is_about() throws IOException {
    assertThat(fingerprints(FIXTURES.resolve("linux612-io/dmesg.txt.zst")))
        .contains("ddw-create-zero-size@0x800000020000001");
    assertThat(fingerprints(FIXTURES.resolve("case72-ddw-at-zero/trace.log.zst")))
        .containsOnlyOnce("windows-overlap@0x80000000")
        .filteredOn("liobn-reuse@0x80000000"::equals)
        .hasSize(2);
  }

  private static List<String> fingerprints(Path recording) throws IOException {
    try (Trace trace = Traces.open(recording, TraceOptions.NONE)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
          .observer()
          .findings()
          .stream()
          .map(Finding::fingerprint)
          .sorted()
          .toList();
    }
  }
}
