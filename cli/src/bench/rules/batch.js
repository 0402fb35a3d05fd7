import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "batch", severity: "info", requires: [], messages: { n: "{n} {pages}" },
    docs: { summary: "Looks at every TCE call by columns.", why: "To measure.", fix: "Nothing." },
  },
  create(ctx) {
    let n = 0;
    let pages = 0;
    const batch = (columns) => {
      n += columns.n;
      for (let i = 0; i < columns.n; i++) if (columns.perm[i] !== 0) pages += columns.npages[i];
    };
    return {
      "tce.put": { batch },
      "tce.indirect": { batch },
      "tce.stuff": { batch },
      "trace.end": (event) => ctx.report({ messageId: "n", event, data: { n, pages } }),
    };
  },
});
