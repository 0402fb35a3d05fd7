import { defineRule } from "tcescope";
import { confidenceOf, describe, inUse, witnesses } from "./lib/in-use.js";

export default defineRule({
  meta: {
    id: "default-window-removed-in-use",
    type: "bug",
    severity: "critical",
    recommended: true,
    docs: {
      summary: "The default window was removed while entries in it were live.",
      why: "Drivers go on using bus addresses of a window that is gone: every transfer is lost, often without an error.",
      fix: "Let the guest test whether the default window is in use before it removes it, or allow a second window.",
    },
    requires: ["ddw.remove", "tce.put"],
    messages: {
      inUse: "Default window {liobn} removed with {live} live {live:entry|entries}, {firstIoba..lastIoba}",
      inUseAtLeast: "Default window {liobn} removed with at least {live} live {live:entry|entries}, {firstIoba..lastIoba}",
    },
  },
  create(ctx) {
    // Linux "clears" its default window with a stuff of 0 pages: the fingerprint of a removal.
    const emptyCleans = new Map();
    return {
      "tce.stuff": {
        where: "effect:empty",
        run(event) {
          if (event.npages === 0 && event.perm === 0) emptyCleans.set(event.liobn, event);
        },
      },
      "window.closed"(event) {
        const { window } = event;
        const clean = emptyCleans.get(window.liobn);
        emptyCleans.delete(window.liobn);
        if (event.cause !== "remove" || window.role !== "default") return;
        const live = inUse(window);
        if (live.count === 0) return;
        const { sweep } = window;
        const isClean = clean?.ioba === window.start && clean.generation === window.generation;
        ctx.report({
          messageId: live.unknown > 0 ? "inUseAtLeast" : "inUse",
          event,
          window,
          addr: live.first,
          // What was there before the recording is taken for the default window by its LIOBN.
          confidence: window.opened === null && !isClean ? "inferred" : confidenceOf(live),
          data: describe(live, ctx.hex),
          evidence: [
            ...witnesses(live),
            sweep && { event: sweep.first, note: "begins to clear the whole window" },
            isClean ? { event: clean, note: "clears 0 entries, so all stay live" } : null,
            { event, note: "removes the window" },
          ],
        });
      },
    };
  },
});
