import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "put-through-negative-liobn",
    type: "hygiene",
    severity: "info",
    recommended: true,
    docs: {
      summary: "A call names several tables instead of one.",
      why: "A LIOBN from -1 to -128 as a signed number stands for so many tables (LoPAR, Multi-TCE-Table option), which few platforms have.",
      fix: "Check that the platform announces the option.",
    },
    requires: ["tce.put"],
    messages: {
      negative: "{operations} {operations:call|calls} on {tables} {tables:table|tables} at once",
    },
  },
  create(ctx) {
    const storms = new Map();
    const note = (event) => {
      const storm = storms.get(event.liobn) ?? { event, count: 0 };
      storm.count += 1;
      storms.set(event.liobn, storm);
    };
    const negative = { where: "liobn >= 0xffffffffffffff80", run: note };
    return {
      "tce.put": negative,
      "tce.indirect": negative,
      "tce.stuff": negative,
      "trace.end"() {
        for (const [liobn, { event, count }] of storms) {
          ctx.report({
            messageId: "negative",
            event,
            liobn,
            data: { operations: count, tables: Number(-BigInt.asIntN(64, liobn)) },
            evidence: [{ event, note: "the first such call" }],
          });
        }
      },
    };
  },
});
