package io.tcescope.traces.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdInputStream;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.guest.Shown;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** trace-cmd itself, where it is installed, reads in our files what we read in them. */
final class TraceCmdTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource({
    "11, LITTLE, 6, none",
    "12, BIG, 6, none",
    "13, LITTLE, 7, none",
    "14, BIG, 7, none",
    "15, LITTLE, 7, zstd",
    "16, BIG, 7, zstd"
  })
  void its_report_shows_the_events_that_are_read_here(
      long seed, String endian, int version, String compression) throws Exception {
    assumeThat(isInstalled()).as("trace-cmd is installed").isTrue();
    ByteOrder order = endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    DatWriter writer = RandomDat.of(seed, order, 1500, new ArrayList<>());
    Path file = temp.resolve("trace.dat");
    Files.write(file, version == 6 ? writer.version6() : writer.version7(compression));
    List<String> read = calls(file);
    List<String> reported = calls(report(file));
    assertThat(read).hasSize(1500);
    // The report begins with a title.
    assertThat(reported.subList(1, reported.size())).as("seed %d", seed).isEqualTo(read);
  }

  @Test
  void its_report_of_a_guests_own_recording_is_what_is_read_here() throws Exception {
    assumeThat(isInstalled()).as("trace-cmd is installed").isTrue();
    Path packed =
        Path.of("src/test/resources/corpus/linux612-trace-cmd/trace-v6-without-symbols.dat.zst");
    Path file = temp.resolve("trace.dat");
    try (ZstdInputStream unpacked = new ZstdInputStream(Files.newInputStream(packed))) {
      Files.copy(unpacked, file);
    }
    List<String> read = calls(file);
    List<String> reported = calls(report(file));
    assertThat(read).hasSize(1042).isEqualTo(reported.subList(1, reported.size()));
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "trace-cmd")));
  }

  private Path report(Path file) throws IOException, InterruptedException {
    Path report = temp.resolve("report.txt");
    Process process =
        new ProcessBuilder("trace-cmd", "report", "-N", "-t", "-i", file.toString())
            .redirectOutput(report.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return report;
  }

  private static List<String> calls(Path file) throws IOException {
    List<String> calls = new ArrayList<>();
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        calls.add(
            event.task()
                + "-"
                + event.thread()
                + " ["
                + event.cpu()
                + "] "
                + event.time()
                + " "
                + Shown.call(event));
      }
      assertThat(reader.health().isLossy()).isFalse();
    }
    return calls;
  }
}
