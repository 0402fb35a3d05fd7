import { ruleTester } from "tcescope/test";
import rule from "./put-through-negative-liobn.js";

const put = (liobn) => `spapr_iommu_pci_put liobn=${liobn} ioba=0x2000 tce=0x1230003 ret=-4`;

ruleTester.run(rule, {
  valid: [
    { name: "an ordinary LIOBN", trace: put("0x80000000") },
    { name: "no such number of tables", trace: put("0x8000000000000001") },
  ],
  invalid: [
    {
      name: "two tables at once",
      trace: [put("0x80000000"), put("0xfffffffffffffffe"), put("0xfffffffffffffffe")].join("\n"),
      findings: [{ messageId: "negative", line: 2, evidence: [2] }],
    },
  ],
});
