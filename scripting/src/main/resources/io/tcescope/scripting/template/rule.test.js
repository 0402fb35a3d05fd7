import { ruleTester } from "tcescope/test";
import rule from "./my-rule.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "the put succeeds",
      trace: `
        spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0`,
    },
  ],
  invalid: [
    {
      name: "the put is refused",
      trace: `
        spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
        spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=-4`,
      findings: [{ messageId: "refused", line: 2, evidence: [2] }],
    },
  ],
});
