package io.tcescope.cli;

import io.tcescope.cli.output.Drawn;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Fanout;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.RunReport;
import io.tcescope.queries.timeline.LaneObserver;

/** Draws the windows of a recording as lanes, and runs the built-in checks on the way. */
final class Drawing extends Fanout {
  private final CheckRunner checks;
  private final LaneObserver lanes;

  private Drawing(CheckRunner checks, LaneObserver lanes) {
    super(checks, lanes);
    this.checks = checks;
    this.lanes = lanes;
  }

  /** Replays a recording to its end, and draws its windows over time or over events. */
  static Drawn of(Trace trace, ReplayOptions options, boolean byTime) {
    Replay.Result<Drawing> result =
        Replay.run(
            trace, options, () -> new Drawing(new CheckRunner(trace), new LaneObserver(byTime)));
    Drawing drawing = result.observer();
    RunReport report = RunReport.of(trace, drawing.checks, drawing.lanes.lanes(), result.health());
    return new RecalledRun(trace.files(), result.rules(), report).drawn();
  }
}
