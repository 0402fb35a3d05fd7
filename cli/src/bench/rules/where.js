import { defineRule } from "tcescope";

export default defineRule({
  meta: {
    id: "where", severity: "info", requires: [], messages: { n: "{n} {pages}" },
    docs: { summary: "Looks at one TCE call of a hundred.", why: "To measure.", fix: "Nothing." },
  },
  create(ctx) {
    let n = 0;
    let pages = 0;
    const run = (event) => {
      n++;
      pages += event.npages;
    };
    return {
      "tce.put": { where: "ioba:[0x2000000..0x27fffff]", run },
      "trace.end": (event) => ctx.report({ messageId: "n", event, data: { n, pages } }),
    };
  },
});
