import { ruleTester } from "tcescope/test";
import rule from "./default-window-removed-in-use.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "the last mapping is cleared before the window goes",
      trace: `
        spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x0 ret=0
        spapr_iommu_ddw_remove liobn=0x80000000`,
    },
  ],
  invalid: [
    {
      name: "one page is still mapped",
      trace: `
        spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
        spapr_iommu_ddw_remove liobn=0x80000000`,
      findings: [{ messageId: "inUse", line: 3, evidence: [2, 3], confidence: "certain" }],
    },
    {
      name: "the clear that Linux tries covers no page",
      trace: `
        spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
        spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x0 tcevalue=0x0 npages=0 ret=-4
        spapr_iommu_ddw_remove liobn=0x80000000`,
      findings: [{ messageId: "inUse", line: 4, evidence: [2, 3, 4], severity: "critical" }],
    },
  ],
  notApplicable: [
    {
      name: "a guest's messages tell nothing of entries",
      trace: `
        [   12.500000] pci 0001:00:00.0: iommu_alloc failed, tbl c000000000000000 vaddr c000000000000000 npages 16
        [   12.600000] e1000e 0002:00:00.0 eth0: Detected Hardware Unit Hang`,
    },
  ],
});
