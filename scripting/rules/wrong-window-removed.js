import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "wrong-window-removed",
    type: "bug",
    severity: "critical",
    recommended: true,
    docs: {
      summary: "A window in use was removed instead of the one whose set-up had just failed.",
      why: "The mappings of a healthy window vanish, and the useless window stays.",
      fix: "Remove the window by the LIOBN that the create returned.",
    },
    requires: ["ddw.create", "ddw.remove", "tce.put"],
    messages: {
      wrong: "Window {liobn} with {live} live {live:entry|entries} removed; the set-up that had failed was that of {failed}",
      wrongAtLeast: "Window {liobn} with at least {live} live {live:entry|entries} removed; the set-up that had failed was that of {failed}",
    },
  },
  create(ctx) {
    const failed = new Map(); // PE -> the window created last, and the first call that failed in it
    const openings = new Map(); // LIOBN -> the event that created its window
    const note = (event) => {
      const created = openings.get(event.liobn);
      const pe = created?.window.pe;
      if (pe && !failed.has(pe)) failed.set(pe, { created, event });
    };
    return {
      "tce.put": { where: "ret < 0", run: note },
      "tce.indirect": { where: "ret < 0", run: note },
      "window.opened"(event) {
        openings.delete(event.window.liobn);
        failed.delete(event.window.pe);
        if (event.cause === "create") openings.set(event.window.liobn, event);
      },
      "window.closed"(event) {
        const { window } = event;
        openings.delete(window.liobn);
        const failure = failed.get(window.pe);
        failed.delete(window.pe);
        if (event.cause !== "remove" || failure === undefined) return;
        if (failure.created.window.liobn === window.liobn) return;
        const live = window.beforeSweep().live({ limit: 1 });
        if (live.count === 0) return;
        ctx.report({
          messageId: live.unknown > 0 ? "wrongAtLeast" : "wrong",
          event,
          window,
          addr: live.first,
          data: { live: live.count, failed: ctx.hex(failure.created.window.liobn) },
          evidence: [
            { event: failure.created, note: "creates the window" },
            { event: failure.event, note: "fails in it" },
            { event, note: "removes another one" },
          ],
        });
      },
    };
  },
});
