package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.W;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HypervisorCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest's messages tell of windows, until it says that the machine was reset. */
class RebootsTest {
  private static final IommuState.Rules GUEST =
      new IommuState.Rules(Platform.QEMU, false, false, false, false, new Machine(), Set.of());

  /** A window is made; then these messages, and a call that concerns no window. */
  private static Calls guest(String messages) {
    Calls calls = new Calls().log("Linux version 5.10").create(BUID, 0, 16, 28, E, W, 0);
    long time = 1_000_000_000;
    for (String message : messages.split("/", -1)) {
      time = message.startsWith("Linux version") ? 0 : time;
      long at = message.startsWith("Kernel command line") ? 0 : time;
      calls.log(message).last(event -> event.time(at, 6));
      time += 1_000_000_000;
    }
    return calls.query(BUID, 0, 1, 0x1000, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "reboot: Restarting system, false",
    "reboot: Power down, false",
    "Linux version 6.1, false",
    "Linux version 6.1/radix-mmu: Initializing, false",
    "kexec_core: Starting new kernel/Linux version 6.1/Kernel command line: quiet, true",
    "Linux version 6.1/Kernel command line: maxcpus=1 elfcorehdr=0x9a00000/e1000: up, true",
    "Linux version 6.1/Kernel command line: quiet/e1000: up, false",
    "kexec_core: Starting new kernel/Linux version 6.1/e1000: up/Linux version 6.2, false",
    "Kernel panic - not syncing: sysrq triggered crash, true",
    "systemd-shutdown: Rebooting with reboot: Restarting system, true",
  })
  void aResetMakesWindowsUnknownAndAKernelThatStartsTheNextHandsThemOn(
      String messages, boolean kept) {
    List<Integer> reboots = new ArrayList<>();
    IommuState state =
        Replayed.replay(guest(messages), GUEST, change -> reboots.add(change.signals()));
    assertThat(state.window(E).isOpen()).isEqualTo(kept);
    assertThat(state.windows()).hasSize(kept ? 1 : 0);
    assertThat(reboots.stream().skip(2).anyMatch(signals -> (signals & Signal.REBOOT) != 0))
        .isEqualTo(!kept);
  }

  @Test
  void aLiobnCountsItsWindowsAcrossReboots() {
    Calls calls = guest("reboot: Restarting system").create(BUID, 0, 16, 28, E, W, 0);
    assertThat(Replayed.replay(calls, GUEST).window(E).generation()).isEqualTo(2);
  }

  @Test
  void aRemovalOfWhatABootBeforeRemovedIsNoContradiction() {
    Calls calls = guest("nothing").remove(E, 0).log("reboot: Restarting system").remove(E, 0);
    List<Integer> signals = new ArrayList<>();
    Replayed.replay(calls, GUEST, change -> signals.add(change.signals()));
    assertThat(signals).noneMatch(bits -> (bits & Signal.CONTRADICTED) != 0);
  }

  @Test
  void whoseTablesAreRecordedIsNotJudgedByMessages() {
    Calls calls = guest("reboot: Restarting system");
    assertThat(Replayed.account(Platform.QEMU, calls).window(E).isOpen()).isTrue();
  }

  /** State after k events is the replay of the first k, wherever a snapshot is taken. */
  @Test
  void aSnapshotKnowsHowFarAKernelHasBooted() {
    Calls calls =
        guest(
            "Linux version 6.1/Kernel command line: elfcorehdr=1/reboot: Power down/Linux version");
    for (int taken = 0; taken <= calls.size(); taken++) {
      IommuState state = new IommuState(GUEST);
      Event event = new Event();
      int k = 0;
      for (HypervisorCall call : calls.list()) {
        state = k++ == taken ? state.snapshot() : state;
        call.fill(event);
        state.apply(event);
        assertThat(state.window(E).isOpen()).as("after " + k).isEqualTo(k >= 2 && k < 5);
      }
    }
  }
}
