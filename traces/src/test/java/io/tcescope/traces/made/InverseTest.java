package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.guest.Shown;
import io.tcescope.traces.qemulog.QemuLogFormat;
import io.tcescope.traces.simpletrace.SimpletraceFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of readers: what a writer of the format writes is what the reader reads. */
final class InverseTest {
  private static final int EVENTS = 2000;
  private static final LogWriter LINE = new LogWriter(LogWriter.Prefix.THREAD_AND_TIME, "0x");

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aTextLogInAnyNotationIsReadAsItWasWritten(long seed) {
    LogWriter.Prefix prefix =
        List.of(LogWriter.Prefix.values()).get((int) (seed % LogWriter.Prefix.values().length));
    LogWriter writer = new LogWriter(prefix, seed % 2 == 0 ? "0x" : "");
    StringBuilder log = new StringBuilder();
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = 1; i <= EVENTS; i++) {
      log.append(writer.line(events.fill(event, i))).append(seed % 5 == 0 ? "\r\n" : "\n");
    }
    byte[] bytes = log.toString().getBytes(StandardCharsets.US_ASCII);
    assertReads(new QemuLogFormat(), bytes, seed, prefix != LogWriter.Prefix.NONE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBinaryOfAnyVersionAndByteOrderIsReadAsItWasWritten(long seed) throws IOException {
    ByteOrder order = seed % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    SimpletraceWriter writer = new SimpletraceWriter((int) (2 + seed % 3), order);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.begin(out);
    RandomEvents events = new RandomEvents(seed);
    Event event = new Event();
    for (int i = 1; i <= EVENTS; i++) {
      writer.event(out, events.fill(event, i));
    }
    Path list = Files.writeString(folder.resolve("trace-events"), SimpletraceWriter.eventsList());
    assertReads(new SimpletraceFormat(list), out.toByteArray(), seed, true);
  }

  private static void assertReads(Format format, byte[] bytes, long seed, boolean timed) {
    RandomEvents events = new RandomEvents(seed);
    Event written = new Event();
    Event read = new Event();
    try (Trace trace = Shown.open(format, bytes)) {
      TraceReader reader = trace.read(1);
      for (int i = 1; i <= EVENTS; i++) {
        events.fill(written, i);
        assertThat(reader.next(read)).isTrue();
        assertThat(Shown.call(read))
            .as("seed %d, event %d", seed, i)
            .isEqualTo(Shown.call(written));
        assertThat(read.fields()).as("seed %d, event %d", seed, i).isEqualTo(written.fields());
        assertThat(read.ordinal()).isEqualTo(i);
        if (format instanceof SimpletraceFormat && hasItsArguments(written)) {
          assertThat(read.raw())
              .isEqualTo(LINE.line(written.withThread(SimpletraceWriter.PROCESS)));
        }
        if (timed) {
          assertThat(read.time()).isEqualTo(written.time());
        }
      }
      assertThat(reader.next(read)).isFalse();
      assertThat(reader.health().isLossy()).isFalse();
    }
  }

  /** The writers give all interrupts the arguments of one, and a connector's child no name. */
  private static boolean hasItsArguments(Event written) {
    return switch (written.kind()) {
      case INTERRUPT -> written.name().endsWith("msi_write");
      case DRC -> !written.name().endsWith("child");
      default -> true;
    };
  }
}
