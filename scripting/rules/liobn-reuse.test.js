import { ruleTester } from "tcescope/test";
import rule from "./liobn-reuse.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "the same window again",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000`,
    },
  ],
  invalid: [
    {
      name: "another place",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x400000000000000`,
      findings: [{ messageId: "elsewhere", line: 4, evidence: [2, 3, 4], severity: "warning" }],
    },
    {
      name: "another page size",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,remove-pe-dma-window",0x80000001,,,,0,,,,
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,12,32,0x800000000000000`,
      findings: [{ messageId: "reused", line: 4, evidence: [2, 3, 4] }],
    },
  ],
});
