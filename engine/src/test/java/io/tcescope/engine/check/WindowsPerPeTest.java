package io.tcescope.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import org.junit.jupiter.api.Test;

/** What it proves that a PE may have so many windows at once. */
class WindowsPerPeTest {
  private static final long BUID = 0x800000020000001L;
  private static final long E = 0x80000101L;

  /** The recording begins late: another window may be there that nothing has named. */
  private static boolean foundBare(Machine machine) {
    Calls calls = new Calls().create(BUID, 0, 16, 28, E, 0x800000000000000L, 0).remove(E, 0);
    calls.query(BUID, 0, 1, 0x4000, 3);
    ReplayOptions options = ReplayOptions.defaults().withMachine(machine);
    return Checked.of(calls.trace(SourceKind.QEMU_LOG), options).findings().stream()
        .anyMatch(found -> found.rule().equals(Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED.id()));
  }

  @Test
  void aPeOfWhichAllWindowsCanBeMadeHasNone() {
    assertThat(foundBare(new Machine().windowsPerPe(1))).isTrue();
    assertThat(foundBare(new Machine().windowsPerPe(2))).isFalse();
    assertThat(foundBare(new Machine())).isFalse();
  }
}
