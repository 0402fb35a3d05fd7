package io.tcescope.traces.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Boots of one guest are alike: only their times tell a recording of this run from another's. */
final class ForeignRunTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Pattern STAMP = Pattern.compile("(\\d+)\\.(\\d{6})(?=:)");

  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource({
    "linux61-ddw, linux510-default-removed-in-use, ftrace",
    "linux61-ddw, linux510-default-reset-in-use-xlate, ftrace",
    "linux61-default-in-use-refused, linux510-default-removed-in-use, ftrace",
    "linux61-dynamic-ddw, linux510-default-reset-in-use-xlate, ftrace",
    "linux612-4k-ddw, linux510-default-removed-in-use, ftrace",
    "linux612-alloc, linux510-default-reset-in-use-xlate, ftrace",
    "linux612-fw-window, linux510-default-reset-in-use-xlate, ftrace",
    "linux612-io, linux510-default-removed-in-use, ftrace",
    "linux612-single-window-vf, linux510-default-removed-in-use, ftrace",
    "linux612-trace-cmd, linux61-ddw, ftrace",
    "linux612-xlate, linux61-ddw, ftrace",
    "linux612-io, linux612-single-window-vf, dmesg",
    "linux612-single-window-vf, linux61-ddw, dmesg",
    "linux612-4k-ddw, linux612-fw-window, dmesg",
  })
  void a_guests_recording_of_another_run_is_told(String run, String guest, String kind)
      throws IOException {
    try (FusedTrace fused =
        fuse(
            CORPUS.resolve(run).resolve("trace.log.zst"),
            CORPUS.resolve(guest).resolve(kind + ".txt.zst"))) {
      assertThat(fused.remarks).anyMatch(remark -> remark.contains("seems to be of another run"));
      assertThat(fused.beside.getFirst().twins().isEmpty()).isTrue();
    }
  }

  @Test
  void one_call_that_is_missing_outweighs_one_that_is_shared() throws IOException {
    TwoClocks here = new TwoClocks();
    here.call(1000, 16, 0x1000, false);
    here.call(2_000_000, 17, 0x2000, false);
    String there =
        """
        time_ns,call,liobn,ioba,tce,ret
        1000000,H_PUT_TCE,0x80000100,0x10000,0x1003,0
        2000000,H_PUT_TCE,0x80000100,0x12000,0x3003,0
        """;
    try (FusedTrace fused = fuse(here.host(), there)) {
      assertThat(fused.remarks)
          .anyMatch(
              remark -> remark.contains("1 call shared, 0 of them at other times, 1 missing"));
    }
  }

  static LongStream seeds() {
    return new SplittableRandom(11).longs(8, 0, 10_000);
  }

  /** The tick of a kernel's clock, or the milliseconds that a logger writes. */
  @ParameterizedTest
  @MethodSource("seeds")
  void stamps_of_a_coarse_clock_are_no_other_times(long seed) throws IOException {
    TwoClocks run = new TwoClocks(seed, 200);
    for (long tick : new long[] {1000, 4000, 10_000}) {
      for (boolean isHostCoarse : new boolean[] {true, false}) {
        String host = isHostCoarse ? coarse(run.host(), tick) : run.host();
        String guest = isHostCoarse ? run.guest() : coarse(run.guest(), tick);
        try (FusedTrace fused = fuse(host, guest)) {
          assertThat(fused.remarks)
              .as("seed %d, tick %d us, host %s", seed, tick, isHostCoarse)
              .noneMatch(remark -> remark.contains("another run"));
        }
      }
    }
  }

  private static String coarse(String recording, long tick) {
    return STAMP
        .matcher(recording)
        .replaceAll(
            stamp -> {
              long micros = Long.parseLong(stamp.group(1) + stamp.group(2)) / tick * tick;
              return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
            });
  }

  private FusedTrace fuse(String host, String guest) throws IOException {
    return fuse(
        Files.writeString(temp.resolve("host.log"), host),
        Files.writeString(temp.resolve("guest.txt"), guest));
  }

  private static FusedTrace fuse(Path host, Path guest) throws IOException {
    return (FusedTrace) Traces.openTogether(List.of(host, guest), TraceOptions.NONE);
  }
}
