package io.tcescope.traces.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.UnreadableRecordingException;
import io.tcescope.traces.guest.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** trace.dat files of trace-cmd and of our own writer, and the events they hold. */
final class TraceDatTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus/linux612-trace-cmd");

  @Test
  void a_file_of_trace_cmd_holds_the_events_that_its_own_report_shows() throws IOException {
    List<String> binary = calls(CORPUS.resolve("trace-v6-without-symbols.dat.zst"));
    List<String> report = calls(CORPUS.resolve("trace-cmd-report.txt.zst"));
    assertThat(binary).hasSize(1042);
    // The report's first line is a title; it is cut off after 400 lines.
    assertThat(binary.subList(0, 399)).isEqualTo(report.subList(1, 400));
  }

  private static List<String> calls(Path file) throws IOException {
    List<String> calls = new ArrayList<>();
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        String time = event.time() == Event.NO_TIME ? "" : " " + (event.time() + 500) / 1000;
        calls.add(event.task() + "-" + event.thread() + time + " " + Shown.call(event));
      }
      assertThat(reader.health().isLossy()).isFalse();
    }
    return calls;
  }

  @ParameterizedTest
  @CsvSource({
    "1, LITTLE, 6, none", "2, BIG, 6, none", "3, LITTLE, 7, none", "4, BIG, 7, none",
    "5, LITTLE, 7, zstd", "6, BIG, 7, zstd", "7, LITTLE, 7, zlib", "8, BIG, 7, zlib"
  })
  void records_come_back_as_they_were_written(
      long seed, String endian, int version, String compression) {
    ByteOrder order = endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    List<String> expected = new ArrayList<>();
    DatWriter writer = RandomDat.of(seed, order, 2000, expected);
    byte[] file = version == 6 ? writer.version6() : writer.version7(compression);
    try (Trace trace = Shown.open(new TraceDatFormat(), file)) {
      assertThat(trace.source()).isEqualTo(SourceKind.TRACE_DAT);
      List<String> read = Shown.read(trace);
      assertThat(read).as("seed %d", seed).isEqualTo(expected);
      int middle = 1 + read.size() / 2;
      assertThat(Shown.read(trace, middle, 5)).isEqualTo(read.subList(middle - 1, middle + 4));
    }
  }

  @Test
  void records_that_the_ring_buffer_lost_are_counted() {
    DatWriter writer = new DatWriter(ByteOrder.LITTLE_ENDIAN, 1);
    writer.format("name: foo\nID: 300\n" + RandomDat.COMMON);
    writer.record(0, 10, RandomDat.hcall(ByteOrder.LITTLE_ENDIAN, 17, 0, 0));
    writer.lose(0, 20, 33);
    writer.record(0, 20, RandomDat.hcall(ByteOrder.LITTLE_ENDIAN, 17, 0, 0));
    try (Trace trace = Shown.open(new TraceDatFormat(), writer.version6())) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      List<EventKind> kinds = new ArrayList<>();
      while (reader.next(event)) {
        kinds.add(event.kind());
      }
      assertThat(kinds).containsExactly(EventKind.PROBE, EventKind.LOST, EventKind.PROBE);
      assertThat(reader.health().lost()).isEqualTo(33);
    }
  }

  @Test
  void a_file_of_an_unknown_version_is_refused_with_the_reason() throws IOException {
    byte[] file = new DatWriter(ByteOrder.LITTLE_ENDIAN, 1).version6();
    file[10] = '9';
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Recording recording = Recording.read("x", new ByteArrayInputStream(file), temp)) {
      assertThatThrownBy(() -> new TraceDatFormat().open(recording))
          .isInstanceOf(UnreadableRecordingException.class)
          .hasMessageContaining("version 9");
    }
  }
}
