import { defineRule } from "tcescope";
import { confidenceOf, describe, inUse, witnesses } from "./lib/in-use.js";

export default defineRule({
  meta: {
    id: "window-reset-in-use",
    type: "bug",
    severity: "critical",
    recommended: true,
    docs: {
      summary: "The windows of a PE were reset while entries were live.",
      why: "The platform drops every mapping and answers success; devices that still use them fault.",
      fix: "Stop the devices and free their mappings before ibm,reset-pe-dma-windows.",
    },
    requires: ["ddw.reset", "tce.put"],
    messages: {
      inUse: "{windows:Window|Windows} {windows} reset with {live} live {live:entry|entries}",
      inUseAtLeast: "{windows:Window|Windows} {windows} reset with at least {live} live {live:entry|entries}",
    },
  },
  create(ctx) {
    let reset = null; // one reset closes several windows, told one by one
    const tell = () => {
      if (reset === null) return;
      const { event, first, live, data, windows, evidence } = reset;
      reset = null;
      ctx.report({
        messageId: data.unknown > 0 ? "inUseAtLeast" : "inUse",
        event,
        window: first,
        addr: live.first,
        confidence: confidenceOf(live),
        data: { ...data, windows },
        evidence: [...evidence, { event, note: "takes the windows away" }],
      });
    };
    return {
      "window.closed"(event) {
        if (reset?.event.id !== event.id) tell();
        if (event.cause !== "reset") return;
        const live = inUse(event.window);
        if (live.count === 0) return;
        if (reset === null) {
          const data = describe(live, ctx.hex);
          reset = { event, first: event.window, live, data, windows: [], evidence: [] };
        } else {
          reset.data.live += live.count;
          if (live.unknown > 0) reset.data.unknown = (reset.data.unknown ?? 0) + live.unknown;
        }
        reset.windows.push(ctx.hex(event.window.liobn));
        reset.evidence.push(...witnesses(live));
      },
      "trace.end": tell,
    };
  },
});
