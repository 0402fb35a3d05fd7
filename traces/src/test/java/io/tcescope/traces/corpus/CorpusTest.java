package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real recordings, against what their recorder counted in them. */
final class CorpusTest {
  private static final String PREFIX = "^[0-9]+@[0-9.]+:";

  static List<Path> logs() {
    return Fixtures.runsWith("trace.log.zst");
  }

  static List<Path> binaries() {
    return Fixtures.runsWith("trace.bin.zst");
  }

  @ParameterizedTest
  @MethodSource("logs")
  void aTextLogIsReadToTheLastLineWithTheRecordersCounts(Path run) throws IOException {
    assertCounts(run, run.resolve("trace.log.zst"));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void aBinaryIsReadToTheLastRecordWithTheRecordersCounts(Path run) throws IOException {
    assertCounts(run, run.resolve("trace.bin.zst"));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void theBinaryTellsAndShowsWhatTheTextLogOfTheSameRunTells(Path run) {
    try (Trace text = Fixtures.open(run.resolve("trace.log.zst"));
        Trace binary = Fixtures.open(run.resolve("trace.bin.zst"))) {
      TraceReader lines = text.read(1);
      TraceReader records = binary.read(1);
      Event line = new Event();
      Event record = new Event();
      while (lines.next(line)) {
        assertThat(records.next(record)).isTrue();
        assertThat(record.ordinal()).isEqualTo(line.ordinal());
        assertThat(Shown.call(record)).as("event %d", line.ordinal()).isEqualTo(Shown.call(line));
        assertThat(record.raw().replaceFirst(PREFIX, ""))
            .isEqualTo(line.raw().replaceFirst(PREFIX, ""));
      }
      assertThat(records.next(record)).isFalse();
    }
  }

  private static void assertCounts(Path run, Path file) throws IOException {
    Map<String, TraceHealth.Records> expected = recordersCounts(run.resolve("counts.txt"));
    try (Trace trace = Fixtures.open(file)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      long events = 0;
      while (reader.next(event)) {
        events++;
        assertThat(event.ordinal()).isEqualTo(events);
        assertThat(event.line()).isEqualTo(events);
      }
      TraceHealth health = reader.health();
      assertThat(health.records()).containsExactlyInAnyOrderEntriesOf(expected);
      assertThat(health.isLossy()).isFalse();
      assertThat(health.events()).isEqualTo(events);
      assertThat(reader.position()).isEqualTo(trace.bytes());
    }
  }

  /** Lines {@code name count} and {@code name ret=status count}. */
  private static Map<String, TraceHealth.Records> recordersCounts(Path file) throws IOException {
    Map<String, TraceHealth.Records> counts = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      long count = Long.parseLong(words[words.length - 1]);
      boolean isTotal = words.length == 2;
      boolean isFailure = !isTotal && !words[1].equals("ret=0");
      counts.merge(
          words[0],
          new TraceHealth.Records(isTotal ? count : 0, isFailure ? count : 0),
          (a, b) -> new TraceHealth.Records(a.count() + b.count(), a.failed() + b.failed()));
    }
    return counts;
  }
}
