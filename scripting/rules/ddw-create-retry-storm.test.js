import { ruleTester } from "tcescope/test";
import rule from "./ddw-create-retry-storm.js";

ruleTester.run(rule, {
  valid: [
    {
      name: "three failures, then success",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",0x80000001,,,,0,0x20,16,32,0x800000000000000`,
    },
  ],
  invalid: [
    {
      name: "eleven failures",
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,`,
      findings: [{ messageId: "storm", line: 2, evidence: [2, 12] }],
    },
    {
      name: "three, where two are allowed",
      options: { attempts: 2 },
      trace: `
        call,liobn,ioba,pages,tce,ret,buid,page_shift,window_shift,start
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,
        "ibm,create-pe-dma-window",,,,,-3,0x20,16,32,`,
      findings: [{ messageId: "storm", line: 2, evidence: [2, 4] }],
    },
  ],
});
