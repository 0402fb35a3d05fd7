import { defineRule } from "tcescope";

/** A page size by its shift, as people say it: 4K, 64K, 16M. */
const pageSize = (shift) => `${2 ** (shift % 10)}${["", "K", "M", "G", "T", "P", "E"][Math.floor(shift / 10)]}`;

/** True if a record tells of the older window's making, and that it was not alike. */
const isSurelyOther = (old, window) =>
  old.opened !== null && (old.geometry === "observed" || old.pageShift !== window.pageShift);

export default defineRule({
  meta: {
    id: "liobn-reuse",
    type: "hazard",
    severity: "warning",
    recommended: true,
    docs: {
      summary: "A LIOBN names a second, different window.",
      why: "A late free of the old window's mapping clears entries of the new one.",
      fix: "Free every mapping of a window before it is removed.",
    },
    requires: ["ddw.create"],
    messages: {
      reused:
        "LIOBN {liobn} named a window at {oldStart} with pages of {oldPage} before, now another at {start} with pages of {page}",
    },
  },
  create(ctx) {
    const closings = new Map(); // LIOBN -> how its last window went
    return {
      "window.closed"(event) {
        closings.set(event.window.liobn, event);
      },
      "window.opened"(event) {
        const { window } = event;
        const closing = closings.get(window.liobn);
        if (event.cause !== "create" || closing === undefined) return;
        const old = closing.window;
        const alike = old.start === window.start && old.pageShift === window.pageShift;
        if (alike || !old.hasGeometry) return;
        ctx.report({
          messageId: "reused",
          event,
          window,
          confidence: isSurelyOther(old, window) ? "certain" : "inferred",
          data: {
            oldStart: ctx.hex(old.start),
            oldPageShift: old.pageShift,
            start: ctx.hex(window.start),
            pageShift: window.pageShift,
            oldLive: old.beforeSweep().mapped,
            oldPage: pageSize(old.pageShift),
            page: pageSize(window.pageShift),
          },
          evidence: [
            old.opened && { event: old.opened, note: "opened the older window" },
            { event: closing, note: "closed it" },
            { event, note: "gives its LIOBN to a new window" },
          ],
        });
      },
    };
  },
});
