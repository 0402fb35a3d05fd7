import { ruleTester } from "tcescope/test";
import rule from "./ddw-at-bus-zero.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "far above 32 bits",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000`,
    },
  ],
  invalid: [
    {
      name: "at bus address 0",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x0`,
      findings: [{ messageId: "zero", line: 2, evidence: [2], confidence: "certain" }],
    },
  ],
});
