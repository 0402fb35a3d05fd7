package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.state.Platform;
import org.junit.jupiter.api.Test;

/** Who keeps the tables, as the first records show. */
final class PlatformSignsTest {
  private static final long PCI = 0x80000000L;

  private static Calls kvm(long liobn, long status) {
    return new Calls()
        .event(e -> e.is(EventKind.PROBE, "kvm_hcall_enter", 0).withLiobn(liobn))
        .event(
            e -> {
              e.put("kvm_hcall_exit", liobn, 0x1000, 0x5003, status);
              e.holding(status == HcallStatus.H_TOO_HARD ? Event.WITNESS : 0);
            });
  }

  private static Platform platform(Calls calls, SourceKind... sources) {
    return platform(calls, ReplayOptions.defaults(), sources);
  }

  private static Platform platform(Calls calls, ReplayOptions options, SourceKind... sources) {
    Observer blind = (event, change, state) -> {};
    return Replay.run(calls.trace(sources), options, () -> blind).rules().platform();
  }

  @Test
  void who_traces_kvm_is_a_kvm_host_whatever_its_windows_are_called() {
    assertThat(platform(kvm(PCI, 0), SourceKind.FTRACE)).isEqualTo(Platform.KVM);
    assertThat(platform(kvm(0x70000121L, 0), SourceKind.TRACE_DAT)).isEqualTo(Platform.KVM);
    assertThat(platform(kvm(PCI, HcallStatus.H_TOO_HARD), SourceKind.FTRACE))
        .isEqualTo(Platform.KVM);
  }

  @Test
  void a_guest_s_own_tracer_shows_no_kvm() {
    Calls guest = new Calls().event(e -> e.put("hcall_exit", PCI, 0x1000, 0x5003, 0));
    assertThat(platform(guest, SourceKind.FTRACE)).isEqualTo(Platform.QEMU);
    guest = new Calls().event(e -> e.put("hcall_exit", 0x70000121L, 0x1000, 0x5003, 0));
    assertThat(platform(guest, SourceKind.FTRACE)).isEqualTo(Platform.POWERVM);
  }

  @Test
  void beside_a_recording_of_qemu_kvm_keeps_the_tables_only_if_it_answers_itself() {
    assertThat(platform(kvm(PCI, 0), SourceKind.QEMU_LOG, SourceKind.FTRACE))
        .isEqualTo(Platform.KVM);
    Calls handedOn = kvm(PCI, HcallStatus.H_TOO_HARD);
    assertThat(platform(handedOn, SourceKind.QEMU_LOG, SourceKind.FTRACE)).isEqualTo(Platform.QEMU);
  }

  @Test
  void what_the_user_says_goes_before() {
    ReplayOptions options = ReplayOptions.defaults().withPlatform(Platform.QEMU);
    assertThat(platform(kvm(PCI, 0), options, SourceKind.FTRACE)).isEqualTo(Platform.QEMU);
  }
}
