package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.BUID;
import static io.tcescope.engine.state.Replayed.D;
import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.W;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a guest's own record of its calls on windows tells of the default window. */
class GuestLogTest {
  private static IommuState guest(Platform platform, Calls calls) {
    return Replayed.replay(
        calls, new IommuState.Rules(platform, false, false, false, false, new Machine(), Set.of()));
  }

  private static List<String> rules(Calls calls) {
    Trace trace = calls.trace(SourceKind.DMESG);
    CheckRunner checks =
        Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace)).observer();
    return checks.findings().stream().map(Finding::rule).toList();
  }

  @Test
  void aDefaultWindowThatNothingShowedToGoDoesNotComeBack() {
    Calls calls = new Calls().create(BUID, 0, 16, 28, E, W, 0).remove(E, 0);
    assertThat(guest(Platform.QEMU, calls).windows()).isEmpty();
    assertThat(Replayed.account(Platform.QEMU, calls).windows()).isEmpty();
    assertThat(rules(calls.log("more"))).isEmpty();
  }

  /** Linux 5.10: the window does not fit, and the kernel says nothing of a reset that succeeds. */
  @Test
  void aDefaultWindowThatAKernelTookAwayMayHaveComeBackWithoutAWord() {
    Calls calls = new Calls().remove(D, 0).log("can't map partition max 0x80000000");
    calls.query(BUID + 1, 0, 1, 0x1000, 3).log("more");
    assertThat(rules(calls)).isEmpty();
  }

  @Test
  void aDefaultWindowThatWasSeenToGoComesBackAfterTheLastOther() {
    Calls calls = new Calls().remove(D, 0).create(BUID, 0, 16, 28, E, W, 0).remove(E, 0);
    DmaWindow restored = guest(Platform.QEMU, calls).window(D);
    assertThat(restored.isOpen()).isTrue();
    assertThat(restored.openedBy()).isEqualTo(3);
  }
}
