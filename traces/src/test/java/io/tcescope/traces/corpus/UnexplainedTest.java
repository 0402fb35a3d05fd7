package io.tcescope.traces.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which symptoms a cause explains, and which nothing does, in logs of a guest alone. */
final class UnexplainedTest {
  private static final String FROZEN_SET_UP =
      """
      [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
      [  100.000000] EEH: PHB#1 failure detected, location: U78CB.001
      [  100.100000] EEH: Recovering PHB#1-PE#0
      [  101.000000] nvme 0001:00:02.0: ibm,create-pe-dma-window(2027) 1000 8000000 20000001 18 1f returned -1 (liobn = 0x0 starting addr = 0 0)
      [  102.000000] EEH: Recovery successful.
      [  103.000000] nvme 0001:00:02.0: iommu_alloc failed, tbl 00000000deadbeef vaddr 00000000cafe0000 npages 16
      """;

  private static final String KDUMP =
      """
      [    0.000000] Linux version 6.12.107 (gcc) #1 SMP
      [    0.000000] Kernel command line: root=/dev/sda2 elfcorehdr=0x9a00000
      [    1.100000] TCE table is full; freeing 2048 entries for the kdump boot
      [    3.000000] lpfc 0001:00:00.0: iommu_alloc failed, tbl 00000000deadbeef vaddr 00000000cafe0000 npages 16
      [    3.100000] EEH: Frozen PHB#1-PE#0 detected
      """;

  private static final String MIGRATED =
      """
      [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
      [    5.000000] mlx5_core 0001:00:00.0: ibm,create-pe-dma-window(54) 0 8000000 20000121 10 28 returned 0 (liobn = 0x70000121 starting addr = 8000000 0)
      [  500.000000] Partition Migration: suspending
      [  502.100000] tce_buildmulti_pSeriesLP: plpar_tce_put failed. rc=-4
      [  502.100001] \tindex   = 0x70000121
      [  502.100002] \tnpages  = 0x10
      [  502.100003] \ttce[0] val = 0x300f020100000000
      """;

  private static final String INVALID_FREE =
      """
      [    0.000000] Linux version 6.12.107 (gcc) #1 SMP
      [   50.000000] iommu_free: invalid entry
      [   50.000001] \tentry     = 0x800000000010
      [   50.000002] \tdma_addr  = 0x800000000010000
      [   50.000003] \tTable     = 0xc000000004100c00
      [   50.000004] \tbus#      = 0x0
      [   50.000005] \tsize      = 0x1000
      [   50.000006] \tstartOff  = 0x800000000000
      [   50.000007] \tindex     = 0x80000101
      [   51.000000] EEH: Frozen PHB#1-PE#0 detected
      """;

  @TempDir private Path folder;

  private Diagnosis why(String text) {
    return Diagnosed.why(folder, text, Question.OPEN);
  }

  @Test
  void aFreezeIsNotExplainedByAnAllocatorWithoutRoom() {
    Diagnosis diagnosis = why(FROZEN_SET_UP);
    assertThat(diagnosis.causes())
        .extracting(Cause::rule)
        .containsExactly("iommu-pool-exhausted", "window-ops-while-frozen");
    assertThat(diagnosis.causes())
        .allSatisfy(
            cause ->
                assertThat(cause.explains())
                    .extracting(Symptom::kind)
                    .containsExactly(SymptomKind.ALLOC_FAILED));
    assertThat(diagnosis.unexplained())
        .extracting(Symptom::kind)
        .containsExactly(SymptomKind.EEH_FREEZE);
  }

  @Test
  void aWindowThatIsMadeWhileThePeIsFrozenExplainsNothing() {
    Diagnosis diagnosis = why(FROZEN_SET_UP.replace("returned -1", "returned 0"));
    assertThat(diagnosis.causes()).extracting(Cause::rule).containsExactly("iommu-pool-exhausted");
  }

  @Test
  void aCrashKernelsFullTableMayBeWhyNothingFits() {
    Diagnosis diagnosis = why(KDUMP);
    Cause second = diagnosis.causes().get(1);
    assertThat(second.rule()).isEqualTo("kdump-table-full");
    assertThat(second.confidence()).isEqualTo(Confidence.LOW);
    assertThat(second.ordinal()).isEqualTo(3);
    assertThat(diagnosis.unexplained())
        .extracting(Symptom::kind)
        .containsExactly(SymptomKind.EEH_FREEZE);
  }

  @Test
  void mapsThatFailSinceASuspendLeadToItWithDoubt() {
    Diagnosis diagnosis = why(MIGRATED);
    Cause first = diagnosis.causes().getFirst();
    assertThat(first.rule()).isEqualTo("migration-window-change");
    assertThat(first.confidence()).isEqualTo(Confidence.LOW);
    assertThat(first.ordinal()).as("the suspend").isEqualTo(3);
    assertThat(first.explains()).isEqualTo(diagnosis.symptoms());
    assertThat(diagnosis.unexplained()).isEmpty();
    String unsuspended = MIGRATED.replaceAll("Partition Migration: suspending", "nothing");
    assertThat(why(unsuspended).causes()).isEmpty();
  }

  @Test
  void aFreeThatMadeNoCallExplainsNoFreeze() {
    Diagnosis diagnosis = why(INVALID_FREE);
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).isPresent();
    assertThat(diagnosis.unexplained()).isEqualTo(diagnosis.symptoms());
  }

  @ParameterizedTest
  @CsvSource({
    "'20 Recovering PHB#2-PE#800/20 Frozen PHB#2-PE#800 detected', 1",
    "'20 Frozen PHB#2-PE#800 detected/20 Recovering PHB#2-PE#800', 1",
    "'20 PHB#2 failure detected, location: here/21 Recovering PHB#2-PE#800', 1",
    "'20 Recovering PHB#2-PE#800/20 Frozen PHB#2-PE#800 detected/25 Recovery successful."
        + "/30 Recovering PHB#2-PE#800/30 Frozen PHB#2-PE#800 detected', 2",
    "'20 Recovering PHB#2-PE#800/20 Recovering PHB#2-PE#0/20 Frozen PHB#2-PE#800 detected"
        + "/20 Frozen PHB#2-PE#0 detected', 2",
    "'20 Frozen PHB#2-PE#800 detected/50 Recovering PHB#2-PE#800', 2",
  })
  void whatAKernelSaysOfOneFreezeIsOne(String lines, long freezes) {
    StringBuilder text = new StringBuilder("[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n");
    for (String line : lines.split("/", -1)) {
      text.append(line.replaceFirst("^(\\d+) ", "[   $1.000000] EEH: ")).append('\n');
    }
    assertThat(why(text.toString()).symptoms())
        .singleElement()
        .satisfies(one -> assertThat(one.count()).isEqualTo(freezes));
  }

  @Test
  void aFreezeRightAfterAnUnmapIsDecidedByTheUnmap() throws IOException {
    Path calls =
        Files.writeString(
            folder.resolve("calls.csv"),
            Diagnosed.COLUMNS
                + Diagnosed.DEFAULT_WINDOW
                + "2000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,0,,,,,,,\n"
                + "3000000000,H_STUFF_TCE,0x80000100,0x2000,1,0x0,0,,,,,,,\n"
                + "3100000000,eeh,,,,,,0x800000020000001,,,,,,EEH: Recovering PHB#1-PE#0\n"
                + "3100010000,eeh,,,,,,0x800000020000001,,,,,,EEH: Frozen PHB#1-PE#0 detected\n");
    try (Trace trace = Fixtures.open(calls)) {
      Diagnosis diagnosis = Diagnosed.of(trace, Question.OPEN);
      assertThat(diagnosis.symptoms()).extracting(Symptom::count).containsExactly(1L);
      assertThat(diagnosis.causes()).hasSize(1);
      Cause cause = diagnosis.causes().getFirst();
      assertThat(cause.rule()).isEqualTo("eeh-freeze-after-clear");
      assertThat(cause.ordinal()).isEqualTo(3);
    }
  }
}
