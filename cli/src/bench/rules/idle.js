import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "idle", severity: "info", requires: [], messages: { end: "end" },
    docs: { summary: "Waits for the end of the trace.", why: "To measure.", fix: "Nothing." },
  },
  create: (ctx) => ({ "trace.end": (event) => ctx.report({ messageId: "end", event }) }),
});
