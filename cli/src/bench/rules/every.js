import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "every", severity: "info", requires: [], messages: { n: "{n} {pages}" },
    docs: { summary: "Looks at every TCE call.", why: "To measure.", fix: "Nothing." },
  },
  create(ctx) {
    let n = 0;
    let pages = 0;
    const count = (event) => {
      n++;
      if (event.perm !== 0) pages += event.npages;
    };
    return {
      "tce.put": count,
      "tce.indirect": count,
      "tce.stuff": count,
      "trace.end": (event) => ctx.report({ messageId: "n", event, data: { n, pages } }),
    };
  },
});
