package io.tcescope.traces.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.bytes.SideFile;
import io.tcescope.traces.dmesg.DmesgFormat;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import io.tcescope.traces.ftrace.FtraceFormat;
import io.tcescope.traces.tracedat.TraceDatFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged recordings: whatever the bytes, a reader ends, and every line or record is an event. */
final class GuestFuzzTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final int INPUTS = 1000;
  private static final int LONGEST = 6000;

  @ParameterizedTest
  @CsvSource({
    "dmesg, linux510-default-removed-in-use/dmesg.txt.zst",
    "ftrace, linux612-fw-window/ftrace.txt.zst",
    "ftrace, linux612-trace-cmd/trace-cmd-report.txt.zst",
    "dat, linux612-trace-cmd/trace-v6-without-symbols.dat.zst"
  })
  void a_mutated_recording_is_read_to_its_end(String name, String file) throws IOException {
    byte[] original = SideFile.bytes(CORPUS.resolve(file));
    for (int seed = 0; seed < INPUTS; seed++) {
      byte[] mutated = mutate(original, new SplittableRandom(seed), name.equals("dat"));
      read(name, mutated, seed);
    }
  }

  private static Format format(String name) {
    return switch (name) {
      case "dmesg" -> new DmesgFormat();
      case "ftrace" -> new FtraceFormat();
      default -> new TraceDatFormat();
    };
  }

  private static byte[] mutate(byte[] original, RandomGenerator random, boolean whole) {
    int from = whole ? 0 : random.nextInt(original.length);
    int length = whole ? original.length : 1 + random.nextInt(LONGEST);
    int to = Math.min(original.length, from + length);
    if (whole && random.nextInt(4) == 0) {
      to = 1 + random.nextInt(original.length);
    }
    byte[] mutated = Arrays.copyOfRange(original, from, to);
    for (int i = random.nextInt(40); i > 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
    }
    return mutated;
  }

  private static void read(String name, byte[] bytes, int seed) throws IOException {
    Format format = format(name);
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Recording recording = Recording.read("x", new ByteArrayInputStream(bytes), temp)) {
      if (!format.recognises(recording.bytes()) && format instanceof TraceDatFormat) {
        return;
      }
      Trace trace = format.open(recording);
      TraceReader reader = trace.read(1);
      Event event = new Event();
      long events = 0;
      while (reader.next(event)) {
        boolean between = event.kind() == EventKind.LOST && event.name().equals("lost");
        events += between && name.equals("dat") ? 0 : 1; // no record, but what is missing there
        assertThat(event.ordinal()).as("seed %d", seed).isEqualTo(events);
        assertThat(event.name()).isNotEmpty();
        assertThat(events).as("seed %d ends", seed).isLessThan(1_000_000);
      }
      assertThat(reader.health().events()).as("seed %d", seed).isEqualTo(events);
    } catch (UnreadableRecordingException refused) {
      assertThat(refused).as("seed %d", seed).hasMessageContaining("trace.dat");
    }
  }
}
