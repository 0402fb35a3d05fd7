import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "stuff-sets-permission",
    type: "hazard",
    severity: "warning",
    recommended: true,
    docs: {
      summary: "One call mapped the same page at many bus addresses.",
      why: "H_STUFF_TCE is for clearing; with permission bits in its value every address of the range reaches one page.",
      fix: "Clear with a value of 0, map with H_PUT_TCE_INDIRECT.",
    },
    requires: ["tce.stuff"],
    messages: {
      set: "{count} {count:stuff|stuffs} of {liobn} {count:sets|set} permission bits, first {tce} in {npages} {npages:entry|entries}",
    },
  },
  create(ctx) {
    const storms = new Map(); // window -> what was found in it
    return {
      "tce.stuff": {
        where: "ret:H_SUCCESS and tce >= 1",
        run(event) {
          if (!event.perm || event.npages === 0) return;
          const key = `${event.liobn}#${event.generation}`;
          const storm = storms.get(key) ?? { event, count: 0 };
          storm.count += 1;
          storms.set(key, storm);
        },
      },
      "trace.end"() {
        for (const { event, count } of storms.values()) {
          ctx.report({
            messageId: "set",
            event,
            liobn: event.liobn,
            data: { count, tce: ctx.hex(event.tce), npages: event.npages },
            evidence: [{ event, note: "the first such call" }],
          });
        }
      },
    };
  },
});
