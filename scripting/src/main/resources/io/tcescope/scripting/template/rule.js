import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "my-rule",
    type: "hazard",
    severity: "warning",
    docs: {
      summary: "A put was refused.",
      why: "Linux ignores the refusal: the driver takes the buffer for mapped.",
      fix: "Find out why the hypervisor refuses it.",
    },
    requires: ["tce.put"],
    messages: { refused: "The put at {ioba} of {liobn} was refused" },
  },
  create(ctx) {
    return {
      "tce.put"(event) {
        if (event.ok !== false || event.liobn === null || event.ioba === null) return;
        ctx.report({
          messageId: "refused",
          event,
          liobn: event.liobn,
          addr: event.ioba,
          evidence: [{ event, note: "is refused" }],
        });
      },
    };
  },
});
