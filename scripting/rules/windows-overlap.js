import { defineRule } from "tcescope";

/** The last address of a window; ranges that end with the address space have no address behind. */
const lastOf = (window) => BigInt.asUintN(64, window.end - 1n);
const larger = (a, b) => (a > b ? a : b);
const smaller = (a, b) => (a < b ? a : b);

export default defineRule({
  meta: {
    id: "windows-overlap",
    type: "bug",
    severity: "critical",
    recommended: true,
    docs: {
      summary: "A window was opened on top of another one of the same PE.",
      why: "Only one of them translates; DMA through the other is dead although every call succeeded.",
      fix: "Remove the window that is left over before a new one is created at the same address.",
    },
    requires: ["ddw.create"],
    messages: {
      overlap:
        "Window {liobn} was placed on top of window {other}, which is still there: {overlapStart} up to {overlapEnd}",
      shared: "Windows {liobn} and {other} share {overlapStart} up to {overlapEnd}",
    },
  },
  create(ctx) {
    return {
      "window.opened"(event) {
        const { window: found } = event;
        if (!found.isOpen || !found.hasGeometry || found.role === "vio" || found.pe === null) return;
        for (const beside of ctx.state.after(event).windows()) {
          if (beside.liobn === found.liobn || beside.pe !== found.pe || !beside.hasGeometry) continue;
          // One that was there before the recording is the older one.
          const older = found.opened === null && beside.opened !== null;
          const [window, other] = older ? [beside, found] : [found, beside];
          const first = larger(window.start, other.start);
          const last = smaller(lastOf(window), lastOf(other));
          if (first > last) continue;
          ctx.report({
            messageId: window.opened === null ? "shared" : "overlap",
            event,
            window,
            confidence: window.geometry === "observed" && other.geometry === "observed" ? "certain" : "inferred",
            addr: first,
            data: {
              overlapStart: ctx.hex(first),
              overlapEnd: ctx.hex(last + 1n),
              other: ctx.hex(other.liobn),
              otherOpenedBy: other.opened?.id ?? 0,
              otherPageShift: other.pageShift,
              otherLive: other.mapped,
              pageShift: window.pageShift,
              live: window.mapped,
            },
            evidence: [
              other.opened && { event: other.opened, note: "opened the window below" },
              window.opened && { event: window.opened, note: "opens another one over it" },
              window.opened?.id === event.id ? null : { event, note: "shows both" },
            ],
          });
        }
      },
    };
  },
});
