package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two processors that change an entry one after the other do not race for it. */
final class ProcessorsInTurnTest {
  private final StringBuilder text = new StringBuilder();
  private int time;

  private void call(int vcpu, String call) {
    line(vcpu, "kvm_hcall_enter: VCPU " + vcpu + ": hcall=" + call);
    line(vcpu, "kvm_hcall_exit: VCPU " + vcpu + ": ret=RESUME_GUEST hcall_rc=H_SUCCESS");
  }

  private void line(int vcpu, String payload) {
    String head = " CPU %d/KVM-471%d [010] .... 5005.%06d: ".formatted(vcpu, vcpu, time++);
    text.append(head).append(payload).append('\n');
  }

  @Test
  void the_end_of_a_call_that_changes_nothing_known_is_noticed() {
    call(0, "H_PUT_TCE GPR4-7=0x80000000,0x1000,0x5003,0x0");
    call(1, "H_PUT_TCE_INDIRECT GPR4-7=0x80000000,0x10000,0x6f30000,0xf");
    call(0, "H_STUFF_TCE GPR4-7=0x80000000,0x10000,0x0,0xf");
    call(1, "H_GET_TCE GPR4-7=0x80000000,0x1000,0x0,0x0");
    call(0, "H_PUT_TCE GPR4-7=0x80000000,0x1000,0x0,0x0");
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (Trace trace = Shown.open(new FtraceFormat(), bytes)) {
      List<Finding> findings =
          Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
              .observer()
              .findings();
      assertThat(findings).extracting(Finding::rule).doesNotContain("race-same-entry");
    }
  }
}
