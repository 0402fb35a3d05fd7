import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "entry-zero-used",
    type: "hygiene",
    severity: "warning",
    docs: {
      summary: "An allocator handed out bus address 0.",
      why: "Linux reserves the first entry, because drivers take bus address 0 for no mapping.",
      fix: "Reserve entry 0 of a window that starts at 0.",
    },
    requires: ["tce.put"],
    messages: {
      zero: "Bus address 0 of {liobn} was mapped by the allocator",
    },
  },
  create(ctx) {
    const told = new Set();
    return {
      // Few calls touch address 0, and this is asked before the rule is entered.
      "alloc.made": {
        where: "covers:0x0",
        run(event) {
          const { alloc, window } = event;
          const key = `${window.liobn}#${window.generation}`;
          if (alloc.ioba !== 0n || told.has(key)) return;
          told.add(key);
          ctx.report({
            messageId: "zero",
            event,
            window,
            addr: 0n,
            confidence: alloc.certainty === "observed" ? "certain" : "inferred",
            data: { pages: alloc.npages },
            evidence: [{ event: alloc.mappedBy, note: "maps it" }],
          });
        },
      },
    };
  },
});
