package io.tcescope.traces.recorder;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded is what is read, whatever QEMU's version. */
final class RecorderTest {
  private static final int EVENTS = 5_000;
  private static final long SEED = 20_251_124;

  static Stream<LogStyle> styles() {
    return Arrays.stream(LogStyle.Prefix.values())
        .flatMap(
            prefix ->
                Stream.of(
                    new LogStyle(prefix, false, "\n"),
                    new LogStyle(prefix, true, "\n"),
                    new LogStyle(prefix, false, "\r\n")));
  }

  @ParameterizedTest
  @MethodSource("styles")
  void readingATextLogIsTheInverseOfWritingIt(LogStyle style) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogRecorder recorder = new LogRecorder(log, style);
    write(recorder);
    boolean timed = style.prefix() != LogStyle.Prefix.NONE;
    boolean threads = timed && style.prefix() != LogStyle.Prefix.ISO;
    assertInverse(new QemuLogFormat(), log.toByteArray(), timed, threads);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readingABinaryIsTheInverseOfWritingIt(boolean bigEndian) throws IOException {
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    write(new SimpletraceRecorder(binary, bigEndian));
    assertInverse(new SimpletraceFormat(null), binary.toByteArray(), true, true);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 17, 3_210, EVENTS})
  void readingFromTheMiddleGivesWhatReadingFromTheFrontGives(long first) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    write(new LogRecorder(log, LogStyle.TIMED));
    write(new SimpletraceRecorder(binary, false));
    for (Trace trace :
        List.of(
            Shown.open(new QemuLogFormat(), log.toByteArray()),
            Shown.open(new SimpletraceFormat(null), binary.toByteArray()))) {
      try (trace) {
        List<String> all = Shown.read(trace);
        assertThat(Shown.read(trace, first, EVENTS))
            .isEqualTo(all.subList((int) first - 1, all.size()));
      }
    }
  }

  private static void write(Recorder recorder) throws IOException {
    RandomEvents events = new RandomEvents(SEED);
    Event event = new Event();
    for (int i = 0; i < EVENTS; i++) {
      events.next(event);
      recorder.record(event);
    }
    recorder.close();
  }

  private static void assertInverse(Format format, byte[] bytes, boolean timed, boolean threads) {
    try (Trace trace = Shown.open(format, bytes)) {
      RandomEvents events = new RandomEvents(SEED);
      Event written = new Event();
      Event read = new Event();
      TraceReader reader = trace.read(1);
      for (int i = 1; i <= EVENTS; i++) {
        events.next(written);
        assertThat(reader.next(read)).isTrue();
        assertThat(read.ordinal()).isEqualTo(i);
        assertThat(Shown.call(read))
            .as("event %d of seed %d: %s", i, SEED, read.raw())
            .isEqualTo(Shown.call(written));
        assertThat(read.fields()).as("event %d of seed %d", i, SEED).isEqualTo(written.fields());
        assertThat(read.time()).isEqualTo(timed ? written.time() : Event.NO_TIME);
        assertThat(read.thread()).isEqualTo(threads ? written.thread() : 0);
      }
      assertThat(reader.next(read)).isFalse();
      assertThat(reader.health().skipped()).isEmpty();
      assertThat(reader.health().events()).isEqualTo(EVENTS);
    }
  }
}
