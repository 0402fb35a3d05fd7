package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A console's log with more than one boot: what one kernel did, and what the next one met. */
final class RebootTest {
  private static final String REMOVED =
      """
      [    0.000000] Linux version 5.10.223 (gcc version 10.2.1) #1 SMP
      [   10.100000] e1000 0001:00:00.0 eth0: (PCI:33MHz:32-bit) 52:54:00:12:34:56
      [   20.000400] /pci@800000020000001: successfully removed direct window: rtas returned 0 to ibm,remove-pe-dma-window(2028) 80000100
      [   20.001000] nvme 0001:00:02.0: ibm,create-pe-dma-window(2027) 1000 8000000 20000001 18 1f returned 0 (liobn = 0x80000101 starting addr = 8000000 0)
      """;

  private static final String BOOTED =
      """
      [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
      [    0.000000] Kernel command line: root=/dev/sda2
      [    5.100000] e1000 0001:00:00.0 eth0: (PCI:33MHz:32-bit) 52:54:00:12:34:56
      """;

  private static final String FAILED =
      """
      [   30.000000] tce_build_pSeriesLP: plpar_tce_put failed. rc=-4
      [   30.000001] \tindex   = 0x80000100
      [   30.000002] \ttcenum  = 0x40000
      [   30.000003] \ttce val = 0x1234003
      """;

  private static final String RESTART = "[  100.000000] reboot: Restarting system\n";
  private static final String KEXEC = "[  100.000000] kexec_core: Starting new kernel\n";
  private static final String CRASH =
      "[  100.000000] Kernel panic - not syncing: sysrq triggered crash\n";

  @TempDir private Path folder;

  private Diagnosis why(String text) {
    return Diagnosed.why(folder, text, Question.OPEN);
  }

  private List<Finding> found(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("checked"), text);
    try (Trace trace = Fixtures.open(file)) {
      return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
          .observer()
          .findings();
    }
  }

  @Test
  void inOneBootTheRemovalIsTheCause() {
    Cause cause = why(REMOVED + FAILED).causes().getFirst();
    assertThat(cause.rule()).isEqualTo("default-window-removed-in-use");
    assertThat(cause.ordinal()).isEqualTo(3);
  }

  @Test
  void beforeAResetNothingIsTheCauseOfWhatComesAfterIt() throws IOException {
    String text = REMOVED + RESTART + BOOTED + FAILED;
    Diagnosis diagnosis = why(text);
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).isPresent();
    assertThat(found(text))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.rule()).isEqualTo("put-failure-ignored");
              assertThat(one.severity()).isEqualTo(Severity.ERROR);
              assertThat(one.confidence()).isEqualTo(Confidence.INFERRED);
              assertThat(one.data()).doesNotContainKey("removedBy");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "kexec, kexec-ghost-default-window",
    "crash, kdump-uninitialised-table",
  })
  void aKernelThatInheritsTheMachineMeetsTheWindowGone(String how, String rule) throws IOException {
    boolean crash = how.equals("crash");
    String booted = crash ? BOOTED.replace("sda2", "sda2 elfcorehdr=0x9a00000") : BOOTED;
    String text = REMOVED + (crash ? CRASH : KEXEC) + booted + FAILED;
    Cause cause = why(text).causes().getFirst();
    assertThat(cause.rule()).isEqualTo(rule);
    assertThat(cause.ordinal()).isEqualTo(3);
    assertThat(found(text))
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(rule, "put-failure-ignored");
  }

  @Test
  void aKernelIsAskedForWhatItRemovedItself() {
    String second = REMOVED.replace("5.10.223", "5.10.224");
    Diagnosis diagnosis = why(REMOVED + RESTART + second + FAILED);
    assertThat(diagnosis.causes()).extracting(Cause::ordinal).containsExactly(8L);
    assertThat(diagnosis.causes().getFirst().rule()).isEqualTo("default-window-removed-in-use");
  }

  @Test
  void theSameTroubleOfTwoBootsIsTwo() {
    Diagnosis diagnosis = why(REMOVED + FAILED + RESTART + BOOTED + FAILED);
    assertThat(diagnosis.symptoms()).extracting(Symptom::count).containsExactly(1L, 1L);
    assertThat(diagnosis.causes()).extracting(Cause::ordinal).containsExactly(3L);
  }
}
