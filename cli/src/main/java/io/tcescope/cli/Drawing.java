package io.tcescope.cli;

import io.tcescope.cli.input.Places;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Drawn;
import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.timeline.LaneObserver;
import java.util.List;

/** Draws the windows of a recording as lanes, and runs the built-in checks on the way. */
record Drawing(CheckRunner checks, LaneObserver lanes) implements Observer {
  /** Replays a recording to its end, and draws its windows over time or over events. */
  static Drawn of(Trace trace, ReplayOptions options, boolean byTime) {
    Replay.Result<Drawing> result =
        Replay.run(
            trace, options, () -> new Drawing(new CheckRunner(trace), new LaneObserver(byTime)));
    Drawing drawing = result.observer();
    List<Finding> findings = drawing.checks.findings();
    Checked checked =
        new Checked(
            trace.files(),
            trace.source(),
            trace.bytes(),
            result.rules(),
            List.of(),
            findings,
            drawing.checks.notApplicable(),
            Scripted.NONE,
            List.of(),
            result.health(),
            Places.of(trace, findings.stream().map(Finding::ordinal).toList()));
    return new Drawn(checked, drawing.lanes.lanes());
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    checks.on(event, change, state);
    lanes.on(event, change, state);
  }

  @Override
  public void end(IommuState state) {
    checks.end(state);
    lanes.end(state);
  }
}
