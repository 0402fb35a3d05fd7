import { ruleTester } from "tcescope/test";
import rule from "./clock-disorder.js";

const trace = (...times) =>
  ["time_ns,call,liobn,ioba,tce,ret"]
    .concat(times.map((time) => `${time},H_PUT_TCE,0x80000000,0x2000,0x1230003,0`))
    .join("\n");

ruleTester.run(rule, {
  valid: [
    { name: "forwards", trace: trace(1000000000, 2000000000, 3000000000) },
    { name: "a small step back", trace: trace(1000000000, 2000000000, 1999999000) },
  ],
  invalid: [
    {
      name: "a second back",
      trace: trace(1000000000, 3000000000, 2000000000, 4000000000),
      findings: [{ messageId: "back", line: 4, evidence: [4] }],
    },
    {
      name: "a microsecond back, where none is tolerated",
      options: { toleranceNs: 0 },
      trace: trace(1000000000, 2000000000, 1999999000),
      findings: [{ messageId: "back", line: 4, evidence: [4] }],
    },
  ],
});
