import { ruleTester } from "tcescope/test";
import rule from "./windows-overlap.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "side by side",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,create-pe-dma-window",0x80000002,,,,0,0x20,16,32,0x900000000000000`,
    },
  ],
  invalid: [
    {
      name: "on top of each other",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000
        "ibm,create-pe-dma-window",0x80000002,,,,0,0x20,16,32,0x800000080000000`,
      findings: [{ messageId: "overlap", line: 3, evidence: [2, 3], severity: "critical" }],
    },
  ],
});
