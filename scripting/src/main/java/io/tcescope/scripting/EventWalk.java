package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.EventFilter;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import org.graalvm.polyglot.HostAccess.Export;

/**
 * A walk through a recording from its first event, for a script's loop; public for the same reason
 * as {@link WindowView}.
 */
public final class EventWalk {
  private final TraceReader reader;
  private final IommuState state;
  private final EventFilter filter;
  private final ScriptRun run;
  private final Event event = new Event();

  EventWalk(ScriptRun run, EventFilter filter) {
    this.run = run;
    this.filter = filter;
    this.reader = run.travel().trace().read(1);
    this.state = new IommuState(run.travel().now().rules());
  }

  /** The row that shows the next event, -1 at the end. */
  @Export
  public int next() {
    while (reader.next(event)) {
      Change change = state.apply(event);
      if (filter.matches(event, change)) {
        return run.showWalked(event, change);
      }
    }
    return -1;
  }
}
