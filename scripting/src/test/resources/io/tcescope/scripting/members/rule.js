// Looks at all that a rule can reach and a script cannot.
import * as tcescope from "tcescope";
import * as test from "tcescope/test";
import { all, see } from "./see.js";

export default tcescope.defineRule({
  meta: {
    id: "sees-all",
    severity: "info",
    docs: { summary: "s", why: "w", fix: "f" },
    requires: [],
    messages: { seen: "{all}" },
  },
  create(ctx) {
    see("typeof tcescope", tcescope);
    see("typeof test", test);
    see("typeof test.ruleTester", test.ruleTester);
    see("tcescope.Context", ctx);
    see("tcescope.Context['coverage']", ctx.coverage);
    see("tcescope.State", ctx.state);
    see("tcescope.Console", console);
    return {
      "tce.put": { batch: (columns) => see("tcescope.Columns<'tce.put'>", columns) },
      "trace.end": (event) => ctx.report({ messageId: "seen", event, data: { all: all() } }),
    };
  },
});
