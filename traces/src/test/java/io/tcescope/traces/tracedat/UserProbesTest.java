package io.tcescope.traces.tracedat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.ftrace.FtraceFormat;
import io.tcescope.traces.guest.Shown;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever records names the probes; what they mean is told by the function they are on. */
final class UserProbesTest {
  private static final long BUILD = 0xc0000000000e6950L;
  private static final long FREE = 0xc0000000000e5e10L;
  private static final String KALLSYMS =
      """
      c00000000003b940 T rtas_call
      c0000000000e5e10 t tce_free_pSeriesLP
      c0000000000e6950 t tce_build_pSeriesLP.isra.0
      c000000000345670 T kfree
      """;

  private static final String SINGLE =
      """
      \tfield:unsigned long __probe_ip;\toffset:8;\tsize:8;\tsigned:0;
      \tfield:u64 liobn;\toffset:16;\tsize:8;\tsigned:0;
      \tfield:u64 tcenum;\toffset:24;\tsize:8;\tsigned:0;
      \tfield:u64 tceshift;\toffset:32;\tsize:8;\tsigned:0;
      \tfield:u64 npages;\toffset:40;\tsize:8;\tsigned:0;
      \tfield:u64 uaddr;\toffset:48;\tsize:8;\tsigned:0;
      \tfield:u32 dir;\toffset:56;\tsize:4;\tsigned:0;

      print fmt: "(%lx)", REC->__probe_ip
      """;

  @ParameterizedTest
  @CsvSource({"LITTLE, 6, none", "BIG, 6, none", "LITTLE, 7, zstd", "BIG, 7, zlib"})
  void the_address_tells_the_function_by_the_symbols_of_the_file(
      String endian, int version, String compression) {
    ByteOrder order = endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    DatWriter writer = writer(order, "anything").kallsyms(KALLSYMS);
    put(writer, order, FREE + 16);
    put(writer, order, BUILD + 12);
    byte[] file = version == 6 ? writer.version6() : writer.version7(compression);
    List<String> calls = calls(file);
    assertThat(calls).hasSize(4);
    assertThat(calls.get(1)).startsWith("H_PUT_TCE").contains("tce=0x0", "ioba=0x20000");
    assertThat(calls.get(3)).startsWith("H_PUT_TCE").contains("tce=0x30001", "ioba=0x20000");
  }

  @Test
  void a_probe_within_a_function_or_on_another_one_is_no_call_whatever_its_name() {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    DatWriter writer = writer(order, "build").kallsyms(KALLSYMS);
    put(writer, order, BUILD + 0x48);
    put(writer, order, 0xc000000000345670L);
    assertThat(calls(writer.version6()))
        .filteredOn(call -> call.startsWith("H_"))
        .as("calls on a table")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "0000000000000000 t tce_build_pSeriesLP"})
  void without_addresses_the_name_of_the_probe_counts(String kallsyms) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    DatWriter writer = writer(order, "build").kallsyms(kallsyms);
    put(writer, order, BUILD + 12);
    assertThat(calls(writer.version6())).element(1).asString().startsWith("H_PUT_TCE");
  }

  @Test
  void text_has_the_symbol_in_each_line() {
    String call =
        """
        modprobe-17 [000] d.... 5.000001: anything: (tce_%s+%s/0x390) liobn=0x80000001 tcenum=0x20 tceshift=0xc npages=0x1 uaddr=0xc000000000030000 dir=1
        modprobe-17 [000] d.... 5.000002: hcall_exit: opcode=32 retval=0
        """;
    String entry = call.formatted("build_pSeriesLP.isra.0", "0xc");
    assertThat(Shown.calls(new FtraceFormat(), entry)).element(1).asString().contains("H_PUT_TCE");
    String within = call.formatted("build_pSeriesLP.isra.0", "0x48").replace("anything", "build");
    assertThat(Shown.calls(new FtraceFormat(), within)).element(1).asString().contains("HCALL");
  }

  private static DatWriter writer(ByteOrder order, String probe) {
    String format = "name: " + probe + "\nID: 302\n" + RandomDat.COMMON + SINGLE;
    return RandomDat.writer(order, 1).format(format);
  }

  /**
   * A probe's record, later the higher its address, and the end of the hypervisor call behind it.
   */
  private static void put(DatWriter writer, ByteOrder order, long address) {
    byte[] data = new byte[60];
    ByteBuffer fields = RandomDat.begin(data, order, 302, 17);
    fields.putLong(address).putLong(0x80000001L).putLong(0x20).putLong(12).putLong(1);
    fields.putLong(0xc000000000030000L).putInt(1);
    long time = address & 0xfffffff;
    writer.record(0, time, data);
    writer.record(0, time + 1, RandomDat.hcall(order, 17, 0x20, 0));
  }

  private static List<String> calls(byte[] file) {
    List<String> calls = new ArrayList<>();
    try (Trace trace = Shown.open(new TraceDatFormat(), file)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        calls.add(Shown.call(event));
      }
    }
    return calls;
  }
}
