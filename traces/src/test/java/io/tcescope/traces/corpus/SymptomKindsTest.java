package io.tcescope.traces.corpus;

import static io.tcescope.traces.corpus.Diagnosed.COLUMNS;
import static io.tcescope.traces.corpus.Diagnosed.DEFAULT_WINDOW;
import static io.tcescope.traces.corpus.Diagnosed.assertCause;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Symptom;
import io.tcescope.engine.why.SymptomKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of symptom, each with causes of its own and with none. */
final class SymptomKindsTest {
  /** Linux 6.12 removes an idle default window and makes one above 4 GiB for device 00:01.0. */
  private static final String REPLACED =
      """
      [    3.800546] virtio-pci 0003:00:01.0: ibm,query-pe-dma-windows(2026) 800 8000000 20000003 returned 0, lb=1000 ps=3 wn=0
      [    3.800625] /pci@800000020000003 failed to clear tces in window.
      [    3.800969] /pci@800000020000003: successfully removed DMA window: rtas returned 0 to ibm,remove-pe-dma-window(2028) 80000300
      [    3.801090] virtio-pci 0003:00:01.0: ibm,query-pe-dma-windows(2026) 800 8000000 20000003 returned 0, lb=1000 ps=3 wn=1
      [    3.805956] virtio-pci 0003:00:01.0: ibm,create-pe-dma-window(2027) 800 8000000 20000003 10 1c returned 0 (liobn = 0x80000301 starting addr = 8000000 0)
      [    3.806580] virtio-pci 0003:00:01.0: Removed default DMA window for /pci@800000020000003
      """;

  @TempDir private Path folder;

  private Diagnosis why(String text, Question question) {
    return Diagnosed.why(folder, text, question);
  }

  private Diagnosis why(String text) {
    return why(text, Question.OPEN);
  }

  private static void assertUndecided(Diagnosis diagnosis, SymptomKind kind) {
    assertThat(diagnosis.symptoms()).extracting(Symptom::kind).containsExactly(kind);
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).get().asString().contains("Record ").contains("--recipe");
  }

  @Test
  void anAccessAfterItsUnmapLeadsToTheUnmap() {
    Diagnosis diagnosis =
        why(
            COLUMNS
                + DEFAULT_WINDOW
                + "2000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,0,,,,,,,\n"
                + "2500000000,H_PUT_TCE,0x80000100,0x3000,1,0x6003,0,,,,,,,\n"
                + "3000000000,H_STUFF_TCE,0x80000100,0x2000,1,0x0,0,,,,,,,\n"
                + "3001000000,access,0x80000100,0x2010,,,,,,,,,0,\n");
    assertThat(diagnosis.symptoms().getFirst().trail())
        .singleElement()
        .satisfies(step -> assertThat(step.ordinal()).isEqualTo(4));
    assertCause(diagnosis, SymptomKind.PERM0_ACCESS, "dma-after-unmap", 5);
  }

  @Test
  void anAccessThatNobodyMappedIsItsOwnCause() {
    Diagnosis diagnosis =
        why(
            COLUMNS
                + DEFAULT_WINDOW
                + "2000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,0,,,,,,,\n"
                + "3001000000,access,0x80000100,0x9010,,,,,,,,,0,\n");
    assertCause(diagnosis, SymptomKind.PERM0_ACCESS, "dma-to-unmapped", 3);
  }

  @Test
  void aFreezeRightAfterAnUnmapLeadsToIt() {
    Diagnosis diagnosis =
        why(
            COLUMNS
                + DEFAULT_WINDOW
                + "2000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,0,,,,,,,\n"
                + "3000000000,H_STUFF_TCE,0x80000100,0x2000,1,0x0,0,,,,,,,\n"
                + "3100000000,eeh,,0x2000,,,,0x800000020000001,,,,,,\n");
    assertThat(diagnosis.symptoms())
        .extracting(Symptom::kind)
        .containsExactly(SymptomKind.EEH_FREEZE);
    assertThat(diagnosis.causes().getFirst().rule()).isEqualTo("eeh-freeze-after-clear");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EEH: Recovering PHB#3-PE#800\nEEH: PE location: N/A, PHB location: N/A",
        "EEH: Frozen PHB#3-PE#800 detected",
      })
  void aFreezeInAPlainGuestsLogCannotBeExplained(String lines) {
    String stamped = lines.replaceAll("(?m)^", "[   99.000000] ");
    assertUndecided(why("[    0.000000] Linux version 6.12\n" + stamped), SymptomKind.EEH_FREEZE);
  }

  @Test
  void aDeviceThatCannotReachTheOnlyWindowLeadsToTheRemovalOfTheLowOne() {
    Diagnosis diagnosis =
        why(
            REPLACED
                + "[    9.100000] uhci_hcd 0003:00:02.0: Warning: IOMMU offset too big for device"
                + " mask\n[    9.100010] uhci_hcd 0003:00:02.0: mask: 0xffffffff, table offset:"
                + " 0x800000000000\n");
    assertCause(diagnosis, SymptomKind.NOT_ADDRESSABLE, "32-bit-device-left-without-window", 5);
  }

  @Test
  void anotherBridgesRemovalDoesNotExplainADeviceThatCannotReachItsWindow() {
    Diagnosis diagnosis =
        why(
            REPLACED
                + "[    9.100000] uhci_hcd 0004:00:02.0: Warning: IOMMU offset too big for device"
                + " mask\n");
    assertCause(diagnosis, SymptomKind.NOT_ADDRESSABLE, "bus-address-beyond-device-mask", 7);
    assertThat(diagnosis.causes()).hasSize(1);
    assertThat(diagnosis.causes().getFirst().after())
        .as("windows of another bridge")
        .containsExactly("not recorded");
  }

  @Test
  void aWindowThatCannotBeFilledLeadsToItsCreation() {
    Diagnosis diagnosis =
        why(
            REPLACED
                + "[    3.900000] virtio-pci 0003:00:01.0: failed to map DMA window for"
                + " /pci@800000020000003/ethernet@1: -4\n");
    assertCause(diagnosis, SymptomKind.DDW_MAP_FAILED, "direct-fill-incomplete", 5);
  }

  @ParameterizedTest
  @CsvSource({
    "nvme nvme0: controller is down; will reset: CSTS=0x3, DMA_FAULT",
    "xhci_hcd 0002:00:00.0: WARNING: Host System Error, DMA_FAULT",
    "mlx5_core 0002:00:00.0: IOMMU fault at 0x8000000, DMA_FAULT",
    "e1000e 0002:00:00.0 eth1: Detected Hardware Unit Hang:, TX_HANG",
    "tg3 0002:00:00.0 eth1: transmit timed out; tx timeout, TX_HANG",
    "NETDEV WATCHDOG: eth0 (tg3): transmit queue 0 timed out, NETDEV_WATCHDOG",
    "e1000e 0002:00:00.0: Rx DMA map failed, ALLOC_FAILED",
    "'lpfc 0002:00:00.0: iommu_alloc failed, tbl c00001 vaddr c00002 npages 10', ALLOC_FAILED",
    "qla2xxx [0002:00:00.0]-0: Failed to set DMA mask, NOT_ADDRESSABLE",
  })
  void aDriversComplaintIsASymptom(String line, SymptomKind kind) {
    Diagnosis diagnosis = why("[    1.000000] Linux version 6.1\n[    2.000000] " + line + "\n");
    assertThat(diagnosis.symptoms()).extracting(Symptom::kind).containsExactly(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iommu: 64-bit OK but direct DMA is limited by 0x800000080000000",
        "EEH: pSeries platform initialized",
        "EEH: Recovery successful.",
        "virtio-pci 0001:00:02.0: current IOMMU table in use, can't be replaced.",
        "nvme 0001:00:00.0: ibm,create-pe-dma-window(2027) 0 8000000 20000001 18 0 returned -3"
            + " (liobn = 0x0 starting addr = 0 0)",
        "systemd[1]: Mounting /dev/hugepages - no hang here",
      })
  void whatAKernelSaysEveryDayIsNoSymptom(String line) {
    Diagnosis diagnosis =
        why("[    1.000000] Linux version 6.1\n[    2.000000] " + line + "\n" + REPLACED);
    assertThat(diagnosis.symptoms()).isEmpty();
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.undecided()).isEmpty();
  }

  /** Linux 5.10 on PowerVM, whose LIOBNs tell no bridge: the recording itself must. */
  @Test
  void aRemovalUnderPowerVmIsTiedToItsBridgeByTheCallsAround() {
    String log =
        """
        [    2.000000] lpfc 0121:50:00.0: 0:1303 Link Up Event x1 received
        [   10.157549] nvme 0121:50:00.1: ibm,query-pe-dma-windows(53) 500100 8000000 20000121 returned 0
        [   10.157561] /pci@800000020000121: successfully removed direct window: rtas returned 0 to ibm,remove-pe-dma-window(55) 70000121
        [   10.157567] nvme 0121:50:00.1: ibm,query-pe-dma-windows(53) 500100 8000000 20000121 returned 0
        [   10.170150] nvme 0121:50:00.1: ibm,create-pe-dma-window(54) 500100 8000000 20000121 10 28 returned 0 (liobn = 0x71000121 starting addr = 8000000 0)
        [   11.000000] EEH: Frozen PHB#121-PE#500000 detected
        [   11.500000] tce_buildmulti_pSeriesLP: plpar_tce_put failed. rc=-4
        [   11.500001] \tindex   = 0x70000121
        [   11.500002] \tnpages  = 0x0
        [   11.500003] \ttce[0] val = 0x3002b1000000000
        """;
    Diagnosis diagnosis = why(log);
    assertCause(diagnosis, SymptomKind.EEH_FREEZE, "default-window-removed-in-use", 3);
    assertThat(diagnosis.causes().getFirst().chain())
        .extracting(step -> step.ordinal())
        .contains(1L, 3L, 6L, 7L);
  }

  @Test
  void anAddressThatWasNeverMappedCannotBeExplained() {
    Question question =
        new Question(Optional.empty(), OptionalLong.of(0x9000), OptionalLong.empty());
    Diagnosis diagnosis =
        why(
            COLUMNS + DEFAULT_WINDOW + "2000000000,H_PUT_TCE,0x80000100,0x2000,1,0x5003,0,,,,,,,\n",
            question);
    assertUndecided(diagnosis, SymptomKind.DMA_FAULT);
  }
}
