import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "ddw-refused-without-mmio32",
    type: "hygiene",
    severity: "info",
    docs: {
      summary: "A window was created and removed again without being used.",
      why: "The guest gave up its set-up after the create; a bridge without 32-bit MMIO was one such reason.",
      fix: "See the guest's messages at that time for the reason.",
    },
    requires: ["ddw.create", "tce.put"],
    messages: {
      unused: "Window {liobn} was created and removed unused",
    },
  },
  create(ctx) {
    const unused = new Map(); // LIOBN -> its creation, until something is done in the window
    // Handed over before any window opens or closes, so that it is known when one was unused.
    const used = {
      batch(columns) {
        for (let i = 0; i < columns.n && unused.size > 0; i++) unused.delete(columns.liobn[i]);
      },
    };
    return {
      "tce.put": used,
      "tce.indirect": used,
      "tce.stuff": used,
      "tce.get": used,
      "window.opened"(event) {
        if (event.cause === "create") unused.set(event.window.liobn, event);
      },
      "window.closed"(event) {
        const { window } = event;
        const created = unused.get(window.liobn);
        unused.delete(window.liobn);
        if (created === undefined || event.cause !== "remove") return;
        ctx.report({
          messageId: "unused",
          event: created,
          window,
          evidence: [
            { event: created, note: "creates the window" },
            { event, note: "removes it" },
          ],
        });
      },
    };
  },
});
