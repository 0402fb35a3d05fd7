import { ruleTester } from "tcescope/test";
import rule from "./wrong-window-removed.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "the window that failed is removed",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        H_PUT_TCE,0x80000001,0x800000000000000,,0x1230003,0,,,,
        "ibm,create-pe-dma-window",0x80000002,,,,0,0x20,16,32,0x900000000000000
        H_PUT_TCE,0x80000002,0xb00000000000000,,0x1230003,-4,,,,
        "ibm,remove-pe-dma-window",0x80000002,,,,0,,,,`,
    },
  ],
  invalid: [
    {
      name: "the other one is removed",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        H_PUT_TCE,0x80000001,0x800000000000000,,0x1230003,0,,,,
        "ibm,create-pe-dma-window",0x80000002,,,,0,0x20,16,32,0x900000000000000
        H_PUT_TCE,0x80000002,0xb00000000000000,,0x1230003,-4,,,,
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,`,
      findings: [{ messageId: "wrong", line: 6, evidence: [4, 5, 6] }],
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
