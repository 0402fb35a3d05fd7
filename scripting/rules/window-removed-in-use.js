import { defineRule } from "tcescope";
import { confidenceOf, describe, inUse, witnesses } from "./lib/in-use.js";

export default defineRule({
  meta: {
    id: "window-removed-in-use",
    type: "bug",
    severity: "critical",
    recommended: true,
    docs: {
      summary: "A window other than the default one was removed while entries in it were live.",
      why: "Buffers that outlive the removal are no longer reachable: the device faults or the PE freezes.",
      fix: "Wait until all mappings are freed before removing the window.",
    },
    requires: ["ddw.remove", "tce.put"],
    messages: {
      inUse: "Window {liobn} removed with {live} live {live:entry|entries}, {firstIoba..lastIoba}",
      inUseAtLeast: "Window {liobn} removed with at least {live} live {live:entry|entries}, {firstIoba..lastIoba}",
    },
  },
  create(ctx) {
    return {
      "window.closed"(event) {
        const { window } = event;
        if (event.cause !== "remove" || window.role === "default") return;
        const live = inUse(window);
        if (live.count === 0) return;
        const { sweep } = window;
        // A direct window is always full when it goes; swept before, that is its normal end.
        const normal = window.mapping === "direct" && sweep !== null;
        const data = describe(live, ctx.hex);
        if (normal) data.mapping = "direct";
        ctx.report({
          messageId: live.unknown > 0 ? "inUseAtLeast" : "inUse",
          event,
          window,
          addr: live.first,
          severity: normal ? "info" : "critical",
          confidence: confidenceOf(live),
          data,
          evidence: [
            ...witnesses(live),
            sweep && { event: sweep.first, note: "begins to clear the whole window" },
            { event, note: "removes the window" },
          ],
        });
      },
    };
  },
});
