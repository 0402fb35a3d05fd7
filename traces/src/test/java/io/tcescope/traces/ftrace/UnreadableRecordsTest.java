package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that is cut off or malformed is counted, and no value comes of it. */
final class UnreadableRecordsTest {
  private static final String CUT = "record cut off or malformed";
  private static final String ENTER =
      "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x10000,0x1234003,0x0";
  private static final String EXIT = "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS";
  private static final String BUILD =
      "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcenum=0x10 tceshift=12 npages=1"
          + " uaddr=0xc000000001234000 dir=0";

  /** What a text became: its calls, and what the reader says of it. */
  private record Read(List<String> calls, TraceHealth health) {
    long skipped(String reason) {
      TraceHealth.Skipped skipped = health.skipped().get(reason);
      return skipped == null ? 0 : skipped.count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hcall_entry: opcode=",
        "hcall_exit: opcode=3",
        "hcall_exit: opcode=32 retval=-",
        "hcall_exit: opcode=32 retval=",
        "hcall_exit: opcode=32 retval=0x",
        "hcall_exit: opcode=32 retval=?",
        "hcall_exit: opcode=3?2 retval=0",
        "hcall_exit: opcode=032 retval=0",
        "hcall_exit: opcode=32 retval=184467440737095516120",
        "hcall_exit: opcode=32 retval=0x10000000000000000",
        "hcall_exit: opcode=32 retval=0          iommu-12 [001] d..2. 1234.5: hcall_entry: opcode=3",
        "hcall_exjt: opcode=32 retval=0",
        "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCC",
        "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=-",
        "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=0x0 7",
        "kvm_hcall_exit: VCPU : ret=RESUME_GUEST hcall_rc=H_SUCCESS",
        "kvm_hcall_exit: VCPU 0: ret=RESU",
        "rtas_input: ",
        "rtas_input: ibm,create-pe-dma-window arguments: {0x0,0x8000000,0x20000001,0x18",
        "rtas_input: ibm,create-pe-dma-window arguments: {0x0,0x8000000,0x20000001,0x18}",
        "rtas_input: ibm,remove-pe-dma-window arguments: {0x800000001}",
        "rtas_ll_exit: token=8232 nargs=1 nret=1 params: [0]=0x80000000",
        "rtas_ll_exit: token=8232 nargs=1 nret=1 params: [0]=0x80000000 [1]=0x0000?000",
        "dma_map_page: 0000:00:00.0 dir=TO_DEVICE dma_addr=80000000",
        "dma_map_page: 0000:00:00.0 dir=TO_DEVICX dma_addr=8000 size=16 phys_addr=4fd40f8 attrs=",
        "dma_map_page: 0000:00:00.0 dir=TO_DEVICE dma_addr=80z0 size=16 phys_addr=4fd40f8 attrs=",
        "dma_map_sg: 0003:00:00.0 dir=NONE nents=2/2 ents=1/1 dma_addrs={0xc080000} sizes={0x1,0x",
      })
  void nothing_comes_of_a_record_that_is_not_whole(String record) {
    Read read = read(line(1, record), line(1, "foo: bar"));
    assertThat(read.calls()).allMatch(call -> call.startsWith("PROBE"));
    assertThat(read.skipped(CUT)).isOne();
    assertThat(read.health().isLossy()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtas_output: ibm,create-pe-dma-window sta",
        "rtas_output: ibm,remove-pe-dma-window status: -",
        "rtas_output: ibm,remove-pe-dma-window status: 0",
        "rtas_output: ibm,create-pe-dma-window status: 0, other outputs: {0x80000001,0x8000000}",
        "rtas_output: ibm,create-pe-dma-window status: 0, other outputs: {0x80000001,0x8?0000,0x0}",
        "rtas_ll_exit: token=8232 nargs=1 nret=2 params: [0]=0x80000000 [1]=0x00000000 [2]=0x0"
      })
  void a_call_on_windows_whose_end_is_not_whole_was_made_all_the_same(String record) {
    Read read = read(line(1, record), line(1, "foo: bar"));
    assertThat(read.calls().getFirst()).startsWith("LOST rtas_");
    assertThat(read.calls().getLast()).isEqualTo("PROBE foo");
    assertThat(read.skipped(CUT)).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "'rtas_input: ibm,remove-pe-dma-window arguments: {0x80000001}', rtas_output: ibm, LOST",
    "'rtas_input: ibm,read-pci-config arguments: {0x1}', 'rtas_output: ib', PROBE",
    "rtas_call: (rtas_call+0xc/0x480) token=0x2028 nargs=1 nret=1 a0=0x1, rtas_call_ret: rc=, LOST",
    "rtas_call: (rtas_call+0xc/0x480) token=0x2016 nargs=1 nret=1 a0=0x1, rtas_call_ret: rc=, PROBE",
  })
  void what_a_thread_is_in_tells_of_which_call_a_record_was_the_end(
      String begin, String end, String kind) {
    Read read = read(line(1, begin), line(1, end), line(1, "foo: bar"));
    assertThat(read.calls().get(1)).startsWith(kind);
    assertThat(read.skipped(CUT)).isOne();
  }

  @Test
  void only_the_entries_are_lost_that_a_function_tells_of_a_call_whose_end_is_not_whole() {
    Read read = read(line(1, BUILD), line(1, "hcall_exit: opcode=32 retval=-"), line(1, BUILD));
    assertThat(read.calls().get(1)).startsWith("LOST hcall_exit liobn=0x80000100 ioba=0x10000");
    read = read(line(1, BUILD), line(1, "hcall_entry: opcode=32"), line(1, "hcall_exit: opco"));
    assertThat(read.calls().get(1)).isEqualTo("PROBE hcall_entry id=0x20");
    assertThat(read.calls().get(2)).startsWith("LOST hcall_exit liobn=0x80000100");
    String cut = line(1, "hcall_exit: opcode=32 retv").strip();
    assertThat(read(line(1, BUILD), cut).calls().getLast()).isEqualTo("PROBE hcall_exit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x10000",
        "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x20000,0x12??003,0x0",
        "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCX GPR4-7=0x80000000,0x20000,0x1233,0x0",
        "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE GPR4-7=0580000000,0x20000,0x1233,0x0",
        "kvm_hcall_enter: VCPU",
      })
  void a_call_whose_registers_are_not_whole_has_none_not_even_those_of_an_earlier_one(String cut) {
    Read read = read(line(1, ENTER), line(1, cut), line(1, EXIT), line(1, ENTER), line(1, EXIT));
    assertThat(read.skipped(CUT)).isOne();
    assertThat(read.calls().get(1)).isEqualTo("PROBE kvm_hcall_enter");
    assertThat(read.calls().get(2)).isEqualTo("HCALL kvm_hcall_exit status=0");
    assertThat(read.calls().get(4)).startsWith("H_PUT_TCE").contains("tce=0x1234003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcenum=0x10 tceshift=12 npages=1",
        "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcenum=0x1/ tceshift=12 npages=1"
            + " uaddr=0xc000000001234000 dir=0",
        "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcemum=0x10 tceshift=12 npages=1"
            + " uaddr=0xc000000001234000 dir=0",
        "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcenum=0x1 0 tceshift=12 npages=1"
            + " uaddr=0xc000000001234000 dir=0",
        "build: (tce_build_pSeriesLP+0xc/0x1c0) liobn=0x80000100 tcenum=0x10 tceshift=12 npages=1"
            + " uaddr=0xc000000001234000 dir=0 d",
        "build: (tce_build_pSer",
      })
  void a_probe_that_lacks_arguments_of_those_before_tells_no_call(String cut) {
    String exit = "hcall_exit: opcode=32 retval=0";
    Read read = read(line(1, BUILD), line(1, exit), line(1, cut), line(1, exit), line(1, BUILD));
    assertThat(read.skipped(CUT)).isOne();
    assertThat(read.calls().get(1)).startsWith("H_PUT_TCE").contains("tce=0x1234003");
    assertThat(read.calls().get(2)).isEqualTo("PROBE build");
    assertThat(read.calls().get(3)).isEqualTo("HCALL hcall_exit status=0 id=0x20");
  }

  @Test
  void an_argument_that_a_probe_could_not_read_is_not_given() {
    String fault = BUILD.replace("0xc000000001234000", "(fault)");
    Read read = read(line(1, BUILD), line(1, fault), line(1, "hcall_exit: opcode=32 retval=0"));
    assertThat(read.health().isLossy()).isFalse();
    assertThat(read.calls().get(2)).startsWith("HCALL").contains("ioba=0x10000");
  }

  @Test
  void entries_whose_direction_no_probe_tells_have_no_value() {
    Read read =
        read(line(1, BUILD.replace(" dir=0", "")), line(1, "hcall_exit: opcode=32 retval=0"));
    assertThat(read.calls().get(1)).startsWith("HCALL").contains("real=0x1234000");
  }

  @Test
  void a_call_that_ends_as_another_than_it_began_is_neither() {
    Read read =
        read(
            line(1, BUILD),
            line(1, "hcall_entry: opcode=32"),
            line(1, "hcall_exit: opcode=312 retval=0"),
            line(1, "rtas_input: ibm,remove-pe-dma-window arguments: {0x80000001}"),
            line(1, "rtas_output: ibm,reset-pe-dma-window status: 0, other outputs: {}"));
    assertThat(read.calls().get(2)).startsWith("LOST hcall_exit liobn=0x80000100");
    assertThat(read.calls().get(4)).isEqualTo("LOST rtas_output");
    assertThat(List.of(read.calls().get(1), read.calls().get(3)))
        .allMatch(call -> call.startsWith("PROBE"));
    assertThat(read.skipped(CUT)).isEqualTo(2);
  }

  @Test
  void a_window_is_removed_only_where_the_recording_tells_which() {
    Read read = read(line(1, "rtas_output: ibm,remove-pe-dma-window status: 0, other outputs: {}"));
    assertThat(read.calls()).containsExactly("RTAS ibm,remove-pe-dma-window status=0");
  }

  @Test
  void an_rtas_call_whose_inputs_are_cut_is_still_told_once() {
    Read read =
        read(
            line(1, "rtas_input: ibm,remove-pe-dma-window arguments: {0x8000"),
            line(
                1, "rtas_ll_exit: token=8232 nargs=1 nret=1 params: [0]=0x80000000 [1]=0x00000000"),
            line(1, "rtas_output: ibm,remove-pe-dma-window status: 0, other outputs: {}"));
    assertThat(read.calls().get(1)).isEqualTo("PROBE rtas_ll_exit");
    assertThat(read.calls().get(2)).isEqualTo("RTAS ibm,remove-pe-dma-window status=0");
  }

  @Test
  void behind_a_line_that_may_have_been_any_record_no_call_is_open() {
    Read read = read(line(1, ENTER), "CPU 0/KV\n", line(1, EXIT));
    assertThat(read.calls().get(2)).isEqualTo("HCALL kvm_hcall_exit status=0");
  }

  @Test
  void the_calls_that_led_to_a_record_are_no_foreign_lines() {
    String stack = " => rtas_call\n\tc00000000003b940 rtas_call ([kernel.kallsyms])\n";
    Read read = read(line(1, ENTER), stack, line(1, EXIT));
    assertThat(read.calls().getLast()).startsWith("H_PUT_TCE");
    assertThat(read.health().isLossy()).isFalse();
  }

  @Test
  void the_last_line_may_be_cut_off() {
    String text = line(1, ENTER) + line(1, "hcall_exit: opcode=32 retv").strip();
    Read read = read(text);
    assertThat(read.skipped("last line cut off")).isOne();
    assertThat(read.health().isDamaged()).isTrue();
  }

  @Test
  void probes_of_which_nothing_tells_the_function_are_remarked() {
    Read read =
        read(
            line(1, "mine: (c0000000000e6950) liobn=0x80000100 tcenum=0x10"),
            line(1, "build: (c0000000000e6950) liobn=0x80000100 tcenum=0x10"),
            line(1, "other: (c0000000000e6950) skb=0x80000100"));
    assertThat(read.health().remarks()).singleElement().asString().contains("probe mine ");
  }

  private static Read read(String... lines) {
    byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    List<String> calls = new ArrayList<>();
    try (Trace trace = Shown.open(new FtraceFormat(), bytes)) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        calls.add(Shown.call(event));
      }
      return new Read(calls, reader.health());
    }
  }

  private static String line(int thread, String record) {
    return "            task-%-7d [000] d....     7.582134: %s%n".formatted(thread, record);
  }
}
