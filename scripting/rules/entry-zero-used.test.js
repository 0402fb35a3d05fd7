import { ruleTester } from "tcescope/test";
import rule from "./entry-zero-used.js";

const put = (ioba, tce = "0x1230003") =>
  `spapr_iommu_pci_put liobn=0x80000000 ioba=${ioba} tce=${tce} ret=0\n`;
const table = "spapr_iommu_new_table liobn=0x80000000 table=0x7f00 fd=-1\n";

ruleTester.run(rule, {
  valid: [{ name: "the first page is left alone", trace: table + put("0x1000") }],
  invalid: [
    {
      name: "the first page is mapped, and mapped again later",
      trace: table + put("0x1000") + put("0x0") + put("0x0", "0x0") + put("0x0"),
      findings: [{ messageId: "zero", line: 3, evidence: [3], severity: "warning" }],
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
