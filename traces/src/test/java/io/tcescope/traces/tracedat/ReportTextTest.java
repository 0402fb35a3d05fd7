package io.tcescope.traces.tracedat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.guest.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of a trace.dat are shown in words. */
final class ReportTextTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus/linux612-trace-cmd");

  /** Task, processor and name of a record in a report or in words of our own. */
  private static final Pattern HEAD =
      Pattern.compile(
          "^\\s*(\\S+-\\d+)\\s+(\\[\\d+])\\s(?:[\\w.]{5}\\s+)?(\\d+)\\.\\d+: (\\w+):.*");

  private static final int TYPE = 300;
  private static final long TIME = 20_971_582_123L;

  private static final String FIELDS =
      "name: odd\nID: 300\n"
          + RandomDat.COMMON
          + """
          \tfield:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;
          \tfield:__u32 params[2];\toffset:12;\tsize:8;\tsigned:0;
          \tfield:long rc;\toffset:20;\tsize:8;\tsigned:1;
          \tfield:u64 liobn;\toffset:28;\tsize:8;\tsigned:0;
          \tfield:u16 flags[2];\toffset:36;\tsize:4;\tsigned:0;
          \tfield:bool truncated;\toffset:40;\tsize:1;\tsigned:0;
          """;

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void fieldsAreShownByTheirTypes(String order) {
    byte[] data = new byte[48];
    fill(data, order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    assertThat(shown(order, data))
        .isEqualTo(
            "modprobe-17 [000] 20.971582: odd: name=vio params={1,0x8000} rc=-4 liobn=0x80000001"
                + " flags={2,0x100} truncated=1");
  }

  private static void fill(byte[] data, ByteOrder order) {
    ByteBuffer fields = RandomDat.begin(data, order, TYPE, 17);
    fields.putInt(4 << 16 | 44).putInt(1).putInt(0x8000).putLong(-4).putLong(0x80000001L);
    fields.putShort((short) 2).putShort((short) 0x100).put((byte) 1);
    fields.position(44).put("vio\0".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aRecordThatEndsBeforeItsFieldsShowsThoseItHas() {
    byte[] whole = new byte[48];
    fill(whole, ByteOrder.LITTLE_ENDIAN);
    byte[] data = Arrays.copyOf(whole, 24);
    assertThat(shown("LITTLE_ENDIAN", data))
        .endsWith("odd: name= params={1,0x8000} rc= liobn= flags={} truncated=");
  }

  @Test
  void aRecordOfATypeWithoutAFormatIsShownAsBytes() {
    byte[] data = new byte[12];
    RandomDat.begin(data, ByteOrder.LITTLE_ENDIAN, 99, 17).putInt(0x04030201);
    assertThat(shown("LITTLE_ENDIAN", data)).endsWith(": record of unknown type 99: 01 02 03 04");
  }

  private static String shown(String order, byte[] data) {
    DatWriter writer =
        new DatWriter(
            order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, 1);
    writer.format(FIELDS).record(0, TIME, data);
    try (Trace trace = Shown.open(new TraceDatFormat(), writer.version6())) {
      Event event = new Event();
      assertThat(trace.read(1).next(event)).isTrue();
      return event.raw();
    }
  }

  @Test
  void aRealFileIsShownAsTheReportOfTraceCmdNamesItsRecords() throws IOException {
    List<String> binary = heads(CORPUS.resolve("trace-v6-without-symbols.dat.zst"));
    List<String> report = heads(CORPUS.resolve("trace-cmd-report.txt.zst"));
    assertThat(binary.subList(0, 399)).isEqualTo(report.subList(1, 400));
  }

  private static List<String> heads(Path file) throws IOException {
    List<String> heads = new ArrayList<>();
    try (Trace trace = Traces.open(file, TraceOptions.NONE)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        heads.add(HEAD.matcher(event.raw()).replaceAll("$1 $2 $3 $4"));
      }
    }
    return heads;
  }
}
