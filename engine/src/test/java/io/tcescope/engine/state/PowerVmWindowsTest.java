package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.EventKind;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows of PowerVM, whose LIOBNs and BUIDs tell nothing of one another. */
class PowerVmWindowsTest {
  private static final long BUID = 0x80000002000001aL;
  private static final long D = 0x70000021L;
  private static final long E = 0x70000022L;
  private static final long W = 0x800000000000000L;
  private final IommuState.Rules powerVm =
      new IommuState.Rules(Platform.POWERVM, false, false, true, true, new Machine(), Set.of());

  @Test
  void aDefaultWindowOfWhichNoRecordToldTheLiobnComesBackWithoutAName() {
    Calls calls = new Calls().create(BUID, 0, 16, 28, E, W, 0).reset(BUID, 0, 0);
    assertThat(Replayed.replay(calls, powerVm).windows()).isEmpty();
    calls.create(BUID, 0, 16, 28, E, W, 0).sign(EventKind.MACHINE_RESET, 0);
    assertThat(Replayed.replay(calls, powerVm).windows()).isEmpty();
    calls.window(D, BUID, "default", 0, 12, 0x40000).remove(D, 0).reset(BUID, 0, 0);
    assertThat(Replayed.replay(calls, powerVm).windows()).hasSize(1);
  }

  @Test
  void whatTheDefaultWindowHeldBeforeAResetMayShowThrough() {
    Calls calls = new Calls().window(D, BUID, "default", 0, 12, 8).put(D, 0x1000, 0x5003, 0);
    calls.remove(D, 0).reset(BUID, 0, 0);
    assertThat(runs(Replayed.replay(calls, powerVm), D)).isEqualTo("1..1 reset-may-keep");
    powerVm.machine().windowsPerPe(2);
    assertThat(runs(Replayed.replay(calls, powerVm), D)).isEmpty();
  }
}
