import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "ddw-create-retry-storm",
    type: "hazard",
    severity: "warning",
    recommended: true,
    docs: {
      summary: "A window was asked for again and again in vain.",
      why: "The guest spins in its set-up while the platform has no room or is busy.",
      fix: "Honour the delay the platform asks for, and give up after a few attempts.",
    },
    requires: ["ddw.create"],
    messages: {
      storm: "{count} attempts to create a window on PE {pe} failed one after another",
    },
    schema: {
      type: "object",
      properties: { attempts: { type: "integer", minimum: 2 } },
      additionalProperties: false,
    },
    defaults: { attempts: 10 },
  },
  create(ctx) {
    const storms = new Map(); // PE -> failures in a row
    const tell = (pe) => {
      const storm = storms.get(pe);
      storms.delete(pe);
      if (storm === undefined || storm.count <= ctx.options.attempts) return;
      ctx.report({
        messageId: "storm",
        event: storm.first,
        liobn: null, // there is no window yet
        data: { count: storm.count, pe },
        evidence: [
          { event: storm.first, note: "the first failure" },
          { event: storm.last, note: "the last failure" },
        ],
      });
    };
    return {
      "ddw.create"(event) {
        const pe = event.pe ?? "unknown";
        if (event.ok !== false) return tell(pe);
        const storm = storms.get(pe) ?? { first: event, last: event, count: 0 };
        storm.count += 1;
        storm.last = event;
        storms.set(pe, storm);
      },
      "trace.end"() {
        for (const pe of [...storms.keys()]) tell(pe);
      },
    };
  },
});
