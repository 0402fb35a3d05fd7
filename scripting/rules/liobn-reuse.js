import { defineRule } from "tcescope";

/** A page size by its shift, as people say it: 4K, 64K, 16M. */
const pageSize = (shift) => `${2 ** (shift % 10)}${["", "K", "M", "G", "T", "P", "E"][Math.floor(shift / 10)]}`;

/** True if a record tells of the older window's making, and that it was not alike. */
const isSurelyOther = (old, window) =>
  old.opened !== null && (old.geometry === "observed" || old.pageShift !== window.pageShift);

/** The last bus address; a window that reaches the end of the bus ends with 0. */
const lastOf = (window) => BigInt.asUintN(64, window.end - 1n);

/** True if the two share a bus address. */
const meet = (old, window) => old.start <= lastOf(window) && window.start <= lastOf(old);

export default defineRule({
  meta: {
    id: "liobn-reuse",
    type: "hazard",
    severity: "warning",
    recommended: true,
    docs: {
      summary: "A LIOBN names a second, different window.",
      why: "Where the bus addresses of both meet, a late free of the old window's mapping clears entries of the new one; where they do not, it fails with H_PARAMETER.",
      fix: "Free every mapping of a window before it is removed.",
    },
    requires: ["ddw.create"],
    messages: {
      reused:
        "LIOBN {liobn} named a window at {oldStart} with pages of {oldPage} before, now another at {start} with pages of {page}: late frees of the old one's mappings clear entries of the new one",
      elsewhere:
        "LIOBN {liobn} named a window at {oldStart} with pages of {oldPage} before, now another at {start} with pages of {page}: late calls for the old one's addresses fail with H_PARAMETER",
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
        if (alike || !old.hasGeometry || !window.hasGeometry) return;
        ctx.report({
          messageId: meet(old, window) ? "reused" : "elsewhere",
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
