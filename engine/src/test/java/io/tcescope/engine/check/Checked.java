package io.tcescope.engine.check;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.util.List;

/** A recording replayed with the built-in checks. */
record Checked(List<Finding> findings, List<CheckRunner.NotApplicable> notApplicable) {
  static Checked of(Trace trace, ReplayOptions options) {
    CheckRunner runner = Replay.run(trace, options, () -> new CheckRunner(trace)).observer();
    return new Checked(runner.findings(), runner.notApplicable());
  }
}
