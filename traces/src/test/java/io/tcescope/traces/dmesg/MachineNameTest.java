package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Recipe;
import io.tcescope.engine.why.Why;
import io.tcescope.traces.guest.Shown;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who runs a guest, as its kernel says at boot, and what can be recorded there. */
final class MachineNameTest {
  private static final String POWERVM =
      "[    0.000000] Hardware name: IBM,9105-42A POWER10 (raw) 0x800200 0xf000006"
          + " of:IBM,FW1030.00 (NH1030_029) hv:phyp pSeries\n";
  private static final String FAILS =
      "[   46.601887] lpfc 0021:01:00.0: iommu_alloc failed, tbl 00000000a7b4c1d2 vaddr"
          + " 0000000012345678 npages 16\n";
  private static final String HANGS =
      "[   57.615699] NETDEV WATCHDOG: eth0 (e1000e): transmit queue 0 timed out\n";

  private static Trace open(String text) {
    return Shown.open(new DmesgFormat(), text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "'IBM,9105-42A POWER10 (raw) 0x800200 0xf000006 of:IBM,FW1030.00 (NH1030_029) hv:phyp pSeries',"
        + " POWERVM",
    "'IBM pSeries (emulated by qemu) POWER9 (architected) 0x4e1202 of:SLOF,HEAD hv:linux,kvm"
        + " pSeries', KVM",
    "IBM pSeries (emulated by qemu) POWER9 (architected) 0x4e1200 of:SLOF pSeries, QEMU",
    "'IBM,8286-42A', QEMU",
  })
  void theMachineLineTellsThePlatform(String name, Platform platform) {
    try (Trace trace = open("[    0.000000] Hardware name: " + name + "\n" + FAILS)) {
      assertThat(
              Replay.run(trace, ReplayOptions.defaults(), () -> new Doctor(trace))
                  .state()
                  .rules()
                  .platform())
          .isEqualTo(platform);
    }
  }

  @Test
  void nobodyRecordsTheHostsSideOfPowerVm() {
    try (Trace trace = open(POWERVM + FAILS)) {
      assertThat(
              Replay.run(trace, ReplayOptions.defaults(), () -> new Doctor(trace))
                  .observer()
                  .report()
                  .recipes())
          .containsExactly(Recipe.GUEST_FTRACE, Recipe.GUEST_BPFTRACE);
    }
    try (Trace trace = open(POWERVM + HANGS)) {
      assertThat(
              Replay.run(trace, ReplayOptions.defaults(), () -> new Why(trace, Question.OPEN))
                  .observer()
                  .diagnosis()
                  .toString())
          .contains("guest-ftrace")
          .doesNotContain("recipe qemu");
    }
  }
}
