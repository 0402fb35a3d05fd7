package io.tcescope.traces.dmesg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.traces.guest.Shown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every message of the kernels' window and allocation code, in the wording of each version. */
final class KernelMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
"""
nvme 0121:50:00.0: ibm,query-pe-dma-windows(53) 500000 8000000 20000121 returned 0 | QUERY_PE_DMA_WINDOW
nvme 0524:28:00.0: ibm,query-pe-dma-windows(53) 280000 8000000 20000524 returned 0, lb=1000000 ps=103 wn=1 | QUERY_PE_DMA_WINDOW
nvme 0524:28:00.0: ibm,create-pe-dma-window(54) 280000 8000000 20000524 15 25 returned 0 (liobn = 0x70000524 starting addr = 8000000 0) | CREATE_PE_DMA_WINDOW
virtio-pci 0001:00:02.0: ibm,reset-pe-dma-windows(2029) 1000 8000000 20000001 returned -3 | RESET_PE_DMA_WINDOW
virtio-pci 0001:00:02.0: ibm,reset-pe-dma-windows(2029) for Limited Addr Support: 1000 8000000 20000001 returned -3 | RESET_PE_DMA_WINDOW
nvme 0001:00:00.0: Limited Address Space for DDW not Supported, err: -3 | LOG
nvme 0524:28:00.0: lsa_required: 0, lsa_enabled: 0, direct mapping: 1 | LOG
virtio-pci 0001:00:02.0: current IOMMU table in use, can't be replaced. | LOG
e1000e 0002:00:00.0: Removed default DMA window for /pci@800000020000002 | LOG
nvme 0121:50:00.0: Skipping ibm,pmemory | LOG
nvme 0121:50:00.0: can't map partition max 0x8000000000000 with 16777216 65536-sized pages | LOG
nvme 0121:50:00.0: created tce table LIOBN 0x80000101 for /pci@800000020000001/scsi@0 | LOG
nvme 0121:50:00.0:   parent is /pci@800000020000001, iommu_table: 00000000a4d127da | LOG
nvme 0121:50:00.0: no free dynamic windows | LOG
nvme 0121:50:00.0: no supported page size in mask 0 | LOG
nvme 0121:50:00.0: no supported direct page size in mask 8 | LOG
nvme 0121:50:00.0: couldn't create new IOMMU table | LOG
nvme 0121:50:00.0: failed to map direct window for /pci@800000020000001: -4 | LOG
nvme 0121:50:00.0: failed to map DMA window for /pci@800000020000001: -4 | LOG
nvme 0121:50:00.0: unable to add DMA window property for /pci@800000020000001: -22 | LOG
nvme 0121:50:00.0: unable to add dma window property for /pci@800000020000001: -22 | LOG
/pci@800000020000002: failed to remove DMA window: rtas returned -3 to ibm,remove-pe-dma-window(2028) 80000200 | REMOVE_PE_DMA_WINDOW
/pci@800000020000002: failed to remove direct window: rtas returned -3 to ibm,remove-pe-dma-window(2028) 80000200 | REMOVE_PE_DMA_WINDOW
/pci@800000020000002: successfully removed DMA window: rtas returned 0 to ibm,remove-pe-dma-window(2028) 80000200 | REMOVE_PE_DMA_WINDOW
/pci@800000020000002: successfully removed direct window: rtas returned 0 to ibm,remove-pe-dma-window(2028) 80000200 | REMOVE_PE_DMA_WINDOW
/pci@800000020000002 failed to clear tces in window. | LOG
enable_ddw: Calling query /pci@800000020000001 | LOG
spapr_tce_create_table: Create ddw failed /pci@800000020000001 | LOG
/pci@800000020000001: 64-bit window already present. | LOG
/pci@800000020000002: failed to remove DMA window property: -22 | LOG
tce_build_pSeriesLP: plpar_tce_put failed. rc=-4 | H_PUT_TCE
tce_buildmulti_pSeriesLP: plpar_tce_put failed. rc=-4 | H_PUT_TCE_INDIRECT
tce_free_pSeriesLP: plpar_tce_put failed. rc=-4 | H_PUT_TCE
tce_freemulti_pSeriesLP: plpar_tce_stuff failed | H_STUFF_TCE
tce_get_pSeriesLP: plpar_tce_get failed. rc=-4 | H_GET_TCE
virtio-pci 0001:00:00.0: iommu_alloc failed, tbl 00000000a4d127da vaddr 000000005d7a79c0 npages 10 | ALLOC_FAILED
iommu_alloc failed, tbl c000000001ef5800 vaddr c0000000fe1b0000 npages 1f | ALLOC_FAILED
iommu_alloc_consistent size too large: 0x100000000 | LOG
iommu_table_free: Unexpected TCEs | LOG
iommu_table_free: Unexpected TCEs, wait for 50ms | LOG
TCE table is full; freeing 2048 entries for the kdump boot | LOG
IOMMU table initialized, virtual merging enabled | LOG
nvme 0121:50:00.0: iommu: 64-bit OK but direct DMA is limited by 800000080000000 | LOG
Warning: IOMMU offset too big for device mask | LOG
iommu_tce: it_map is not empty | LOG
ppc iommu: disabling ddw. | LOG
EEH: Frozen PHB#121-PE#500000 detected | EEH
EEH: Recovering PHB#121-PE#500000 | EEH
EEH: Detected PCI bus error on PHB#384-PE#800000 | EEH
EEH: Frozen PE#1fd on PHB#3 detected | EEH
EEH: Frozen PE#10000 detected on PHB#3 | EEH
EEH: Detected error on PHB#5 | EEH
EEH: Recovering PHB#121, location: U78D2.001.WZS-P1 | EEH
EEH: PHB#121 failure detected, location: U78D2.001.WZS-P1 | EEH
EEH: PE location: U78D2.001.WZS-P1-C3, PHB location: N/A | LOG
EEH: Notify device drivers to shutdown | LOG
pseries-hotplug-mem: Memory at 80000000 (drc index 80000008) was hot-added | MEMORY_ADDED
pseries-hotplug-mem: Memory at 80000000 (drc index 80000008) was hot-removed | MEMORY_REMOVED
pseries-hotplug-mem: Memory at 80000000 was hot-removed | MEMORY_REMOVED
""")
  void a_message_is_of_its_kind_behind_every_prefix(String message, String kind) {
    for (String prefix :
        new String[] {
          "[    2.157549] ",
          "<6>[    2.157549] ",
          "[    2.157549][  T315] ",
          "Jan 27 14:19:41 host kernel: ",
          "Jan 27 14:19:41 host kernel: [    2.157549] "
        }) {
      assertThat(Shown.calls(new DmesgFormat(), prefix + message + "\n"))
          .as(prefix)
          .singleElement()
          .satisfies(call -> assertThat(call).startsWith(kind + " "));
    }
  }
}
