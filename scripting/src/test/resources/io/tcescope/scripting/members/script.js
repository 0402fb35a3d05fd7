// Looks at all that a script can reach, over a recording in which every kind of event happens.
import * as script from "tcescope/script";
import { all, see } from "./see.js";
const { trace, console } = script;
const PAGES = [0x0n, 0x1000n, 0x9000000n, 0x800000000000000n];

const seeWindow = (win) => {
  see("tcescope.Win", win);
  see("NonNullable<tcescope.Win['sweep']>", win.sweep);
  see("tcescope.Live", win.live());
  win.live().sample.forEach((alloc) => see("tcescope.Alloc", alloc));
  PAGES.forEach((address) => see("tcescope.Tce", win.tce(address)));
};
const seeSnapshot = (snapshot) => {
  see("tcescope.Snapshot", snapshot);
  snapshot.windows().forEach(seeWindow);
};
const seeEvent = (event) => {
  see(`tcescope.EventMap['${event.kind}']`, event);
  see("tcescope.Event['where']", event.where);
  see("tcescope.AllocEvent<any>['alloc']", event.alloc);
  if (event.window !== null) seeWindow(event.window);
  const { before, after, diff } = trace.state;
  see("ReturnType<tcescope.State['diff']>", diff(before(event), after(event)));
  see("NonNullable<ReturnType<tcescope.State['sweepBefore']>>", trace.state.sweepBefore(event));
  seeSnapshot(after(event));
};

see("typeof script", script);
see("typeof script.trace", trace);
see("typeof script.console", console);
see("ReturnType<typeof script.trace.events>", trace.events());
see("tcescope.State", trace.state);
for (const kind of script.args) {
  trace.on(kind, (event) => {
    seeEvent(event);
    if (kind === "trace.end") console.log(all());
  });
}
