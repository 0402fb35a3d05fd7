package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's tracer with its option latency-format, as latency tracers write by themselves. */
final class LatencyFormatTest {
  private static final String HEAD =
      """
      # tracer: nop
      #
      # nop latency trace v1.1.5 on 6.1.0
      # --------------------------------------------------------------------
      # latency: 0 us, #8/8, CPU#0 | (M:server VP:0, KP:0, SP:0 HP:0 #P:8)
      #    -----------------
      #  cmd     pid     ||||| time  |   caller
      """;

  private static List<String> read(String records) {
    byte[] text = (HEAD + records).getBytes(StandardCharsets.UTF_8);
    try (Trace trace = Shown.open(new FtraceFormat(), text)) {
      return Shown.read(trace, 8, Integer.MAX_VALUE);
    }
  }

  @Test
  void task_processor_and_microseconds_stand_before_the_event() {
    assertThat(
            read(
                """
                CPU 0/KV-4713   10.... 110us : kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x10000,0x1234003,0x0
                CPU 0/KV-4713   10d..2. 1000113us!: kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS
                kworker/-27      0d.h1.   20us+: hcall_exit: opcode=32 retval=-4
                """))
        .containsExactly(
            "8:8@0 110000/6 [10] CPU 0/KV-4713 PROBE kvm_hcall_enter liobn=0x80000000 ioba=0x10000"
                + " pages=0x1 id=0x20",
            "9:9@0 1000113000/6 [10] CPU 0/KV-4713 H_PUT_TCE kvm_hcall_exit liobn=0x80000000"
                + " ioba=0x10000 tce=0x1234003 status=0",
            "10:10@0 20000/6 [0] kworker/-27 HCALL hcall_exit status=-4 id=0x20");
  }

  @Test
  void a_line_that_only_looks_like_it_is_no_record() {
    assertThat(
            read(
                """
                a-1 10.... 110us: hcall_exit: opcode=32 retval=0
                a-1 10.. 110us : hcall_exit: opcode=32 retval=0
                a-1 .... 110us : hcall_exit: opcode=32 retval=0
                a-x 10.... 110us : hcall_exit: opcode=32 retval=0
                a-1 10.... 110ms : hcall_exit: opcode=32 retval=0
                """))
        .allMatch(event -> event.endsWith("LOG tracer"));
  }
}
