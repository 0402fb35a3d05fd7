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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** trace.dat files of trace-cmd and of our own writer, and the events they hold. */
final class TraceDatTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus/linux612-trace-cmd");

  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

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
    DatWriter writer = random(seed, order, expected);
    byte[] file = version == 6 ? writer.version6() : writer.version7(compression);
    try (Trace trace = Shown.open(new TraceDatFormat(), file)) {
      assertThat(trace.source()).isEqualTo(SourceKind.TRACE_DAT);
      List<String> read = Shown.read(trace);
      assertThat(read).as("seed %d", seed).isEqualTo(expected);
      int middle = 1 + read.size() / 2;
      assertThat(Shown.read(trace, middle, 5)).isEqualTo(read.subList(middle - 1, middle + 4));
    }
  }

  private static DatWriter random(long seed, ByteOrder order, List<String> expected) {
    Random random = new Random(seed);
    DatWriter writer =
        new DatWriter(order, 3)
            .format(
                "name: hcall_exit\nID: 300\n"
                    + COMMON
                    + "\tfield:unsigned long opcode;\toffset:8;\tsize:8;\tsigned:0;\n"
                    + "\tfield:long retval;\toffset:16;\tsize:8;\tsigned:1;\n")
            .format(
                "name: dma_map_page\nID: 301\n"
                    + COMMON
                    + "\tfield:__data_loc char[] device;\toffset:8;\tsize:4;\tsigned:0;\n"
                    + "\tfield:u64 phys_addr;\toffset:16;\tsize:8;\tsigned:0;\n"
                    + "\tfield:u64 dma_addr;\toffset:24;\tsize:8;\tsigned:0;\n"
                    + "\tfield:size_t size;\toffset:32;\tsize:8;\tsigned:0;\n");
    long time = 5_000_000_000L;
    for (int i = 1; i <= 2000; i++) {
      time += 1L + (i % 97 == 0 ? 3_000_000_000L : random.nextInt(5000));
      int cpu = random.nextInt(3);
      int thread = 17 + random.nextInt(2);
      String place =
          i
              + ":"
              + i
              + "@0 "
              + time
              + "/9 ["
              + cpu
              + "] "
              + (thread == 17 ? "modprobe" : "kworker/u9:0")
              + "-"
              + thread
              + " ";
      if (random.nextBoolean()) {
        long opcode = random.nextInt(1 << 16);
        long status = random.nextInt(9) - 4L;
        writer.record(cpu, time, hcall(order, thread, opcode, status));
        expected.add(
            place + "HCALL hcall_exit status=" + status + " id=0x" + Long.toHexString(opcode));
      } else {
        long address = random.nextLong() >>> 4;
        byte[] device = "0001:00:02.0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] data = new byte[40 + device.length + random.nextInt(200)];
        ByteBuffer fields = begin(data, order, 301, thread);
        fields.putInt(device.length << 16 | 40).putInt(0);
        fields.putLong(0x1000).putLong(address).putLong(64).put(device);
        writer.record(cpu, time, data);
        expected.add(
            place
                + "DMA_MAP dma_map_page ioba=0x"
                + Long.toHexString(address)
                + " size=0x40 real=0x1000 device=0001:00:02.0");
      }
    }
    return writer;
  }

  /** A record with its common fields, to be filled on. */
  private static ByteBuffer begin(byte[] data, ByteOrder order, int type, int thread) {
    return ByteBuffer.wrap(data)
        .order(order)
        .putShort((short) type)
        .putShort((short) 0)
        .putInt(thread);
  }

  private static byte[] hcall(ByteOrder order, int thread, long opcode, long status) {
    byte[] data = new byte[24];
    begin(data, order, 300, thread).putLong(opcode).putLong(status);
    return data;
  }

  @Test
  void records_that_the_ring_buffer_lost_are_counted() {
    DatWriter writer = new DatWriter(ByteOrder.LITTLE_ENDIAN, 1);
    writer.format("name: foo\nID: 300\n" + COMMON);
    writer.record(0, 10, hcall(ByteOrder.LITTLE_ENDIAN, 17, 0, 0));
    writer.lose(0, 20, 33);
    writer.record(0, 20, hcall(ByteOrder.LITTLE_ENDIAN, 17, 0, 0));
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
