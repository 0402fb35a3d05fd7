import { ruleTester } from "tcescope/test";
import rule from "./ddw-refused-without-mmio32.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "it was used",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000009,,,,0,0x20,16,32,0xa00000000000000
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        H_PUT_TCE,0x80000001,0x800000000000000,,0x1230003,0,,,,
        H_PUT_TCE,0x80000001,0x800000000000000,,0x0,0,,,,
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,`,
    },
  ],
  invalid: [
    {
      name: "nothing happened in it",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000009,,,,0,0x20,16,32,0xa00000000000000
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,`,
      findings: [{ messageId: "unused", line: 3, evidence: [3, 4] }],
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
