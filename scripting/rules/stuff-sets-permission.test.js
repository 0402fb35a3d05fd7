import { ruleTester } from "tcescope/test";
import rule from "./stuff-sets-permission.js";

const trace = (value) => `
  spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1
  spapr_iommu_pci_put liobn=0x80000000 ioba=0x2000 tce=0x1230003 ret=0
  spapr_iommu_pci_stuff liobn=0x80000000 ioba=0x8000 tcevalue=${value} npages=4 ret=0`;

ruleTester.run(rule, {
  valid: [{ name: "a clear", trace: trace("0x0") }],
  invalid: [
    {
      name: "one page four times",
      trace: trace("0x5003"),
      findings: [{ messageId: "set", line: 3, evidence: [3] }],
    },
  ],
});
