import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "put-through-negative-liobn",
    type: "hygiene",
    severity: "info",
    recommended: true,
    docs: {
      summary: "A call names a list of tables instead of one.",
      why: "A LIOBN that is negative as a signed number belongs to the Multi-TCE-Table option, which few platforms have.",
      fix: "Check that the platform announces the option.",
    },
    requires: ["tce.put"],
    messages: {
      negative: "{count} {count:call names|calls name} the negative LIOBN {liobn}",
    },
  },
  create(ctx) {
    const storms = new Map();
    const note = (event) => {
      const storm = storms.get(event.liobn) ?? { event, count: 0 };
      storm.count += 1;
      storms.set(event.liobn, storm);
    };
    const negative = { where: "liobn >= 0x8000000000000000", run: note };
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
            data: { count },
            evidence: [{ event, note: "the first such call" }],
          });
        }
      },
    };
  },
});
