import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "ddw-at-bus-zero",
    type: "hazard",
    severity: "warning",
    recommended: true,
    docs: {
      summary: "A created window starts at bus address 0.",
      why: "Its addresses coincide with 32-bit bus space; Linux before 5.15 took 0 for no window.",
      fix: "Keep the default window while creating another.",
    },
    requires: ["ddw.create"],
    messages: { zero: "Window {liobn} was created at bus address 0, up to {end}" },
  },
  create(ctx) {
    return {
      "window.opened"(event) {
        const { window } = event;
        if (event.cause !== "create" || !window.hasGeometry || window.start !== 0n) return;
        ctx.report({
          messageId: "zero",
          event,
          window,
          addr: 0n,
          data: { end: ctx.hex(window.end) },
          evidence: [{ event, note: "creates the window" }],
        });
      },
    };
  },
});
