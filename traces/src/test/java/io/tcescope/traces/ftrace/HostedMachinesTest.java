package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host's tracer may record several virtual machines, whose windows have the same names. */
final class HostedMachinesTest {
  private static final int ONE = 4713;
  private static final int OTHER = 9999;

  private final StringBuilder text = new StringBuilder();
  private int time;

  private void record(int thread, String payload) {
    String head = " CPU 0/KVM-%d [010] .... 5005.%06d: ".formatted(thread, time++);
    text.append(head).append(payload).append('\n');
  }

  private void enter(int thread, int vcpu, long ioba) {
    String put = "H_PUT_TCE GPR4-7=0x80000000,0x%x,0x1003,0x0".formatted(ioba);
    record(thread, "kvm_hcall_enter: VCPU " + vcpu + ": hcall=" + put);
  }

  private void exit(int thread, int vcpu) {
    record(thread, "kvm_hcall_exit: VCPU " + vcpu + ": ret=RESUME_GUEST hcall_rc=H_SUCCESS");
  }

  private void put(int thread, int vcpu, long ioba) {
    enter(thread, vcpu, ioba);
    exit(thread, vcpu);
  }

  private Trace open() {
    return Shown.open(new FtraceFormat(), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<String> calls() {
    return Shown.calls(new FtraceFormat(), text.toString());
  }

  private TraceHealth health() {
    try (Trace trace = open()) {
      TraceReader reader = trace.read(1);
      Event event = new Event();
      while (reader.next(event)) {
        // Health is that of all of it.
      }
      return reader.health();
    }
  }

  @Test
  void where_two_machines_are_mixed_no_call_is_about_a_table() {
    put(ONE, 0, 0x1000);
    put(OTHER, 0, 0x1000);
    put(ONE, 0, 0x2000);
    assertThat(calls())
        .containsOnly("PROBE kvm_hcall_enter id=0x20", "HCALL kvm_hcall_exit status=0 id=0x20");
    TraceHealth health = health();
    assertThat(health.skipped())
        .hasEntrySatisfying(
            "call of one of several virtual machines",
            skipped -> assertThat(skipped.count()).isEqualTo(3));
    assertThat(health.remarks())
        .singleElement()
        .asString()
        .contains("several virtual machines (VCPU 0 is thread 4713 and thread 9999 by turns)");
  }

  @Test
  void two_calls_that_one_processor_makes_at_once_are_of_two_machines() {
    enter(ONE, 0, 0x1000);
    enter(OTHER, 0, 0x2000);
    exit(ONE, 0);
    exit(OTHER, 0);
    assertThat(calls()).noneMatch(call -> call.contains("liobn"));
  }

  @Test
  void a_reader_that_begins_in_the_middle_knows_it_too() {
    put(ONE, 0, 0x1000);
    put(OTHER, 0, 0x1000);
    put(ONE, 0, 0x2000);
    try (Trace trace = open()) {
      assertThat(Shown.read(trace, 2, 1)).singleElement().asString().doesNotContain("liobn");
    }
  }

  @Test
  void a_processor_that_is_plugged_again_is_another_thread_of_the_same_machine() {
    put(ONE, 0, 0x1000);
    put(ONE + 1, 1, 0x2000);
    put(OTHER, 1, 0x3000);
    put(ONE, 0, 0x4000);
    assertThat(calls()).filteredOn(call -> call.startsWith("H_PUT_TCE ")).hasSize(4);
    assertThat(health().remarks()).isEmpty();
    assertThat(health().isLossy()).isFalse();
  }
}
