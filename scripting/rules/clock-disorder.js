import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "clock-disorder",
    type: "hygiene",
    severity: "info",
    docs: {
      summary: "Time runs backwards in the recording.",
      why: "Times of different clocks were merged, or a clock was set; differences of times mean nothing across that point.",
      fix: "Record with one monotonic clock.",
    },
    requires: [],
    messages: {
      back: "Time steps back {count} {count:time|times}, by up to {most} ns",
    },
    schema: {
      type: "object",
      properties: { toleranceNs: { type: "integer", minimum: 0 } },
      additionalProperties: false,
    },
    defaults: { toleranceNs: 1000000 },
  },
  create(ctx) {
    const tolerance = BigInt(ctx.options.toleranceNs);
    let before = /** @type {bigint | null} */ (null);
    let first = null;
    let count = 0;
    let most = 0n;
    const note = (event) => {
      const { t } = event;
      if (t === null) return;
      const last = before;
      before = t;
      if (last === null || last <= t) return; // nearly always
      const back = last - t;
      if (back <= tolerance) return;
      first ??= event;
      count += 1;
      most = back > most ? back : most;
    };
    return {
      "tce.put": note,
      "tce.indirect": note,
      "tce.stuff": note,
      "ddw.query": note,
      "ddw.create": note,
      "ddw.remove": note,
      log: note,
      "trace.end"() {
        if (first === null) return;
        ctx.report({
          messageId: "back",
          event: first,
          liobn: null, // the clock is everybody's
          data: { count, most: String(most) },
          evidence: [{ event: first, note: "the first step back" }],
        });
      },
    };
  },
});
