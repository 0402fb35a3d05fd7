package io.tcescope.cli.output;

import io.tcescope.cli.input.WindowName;
import io.tcescope.cli.input.WindowOption;
import io.tcescope.queries.timeline.Lanes;

/** What one run showed, and its windows as lanes. */
public record Drawn(Checked run, Lanes lanes) {
  /** What concerns the windows that are wanted. */
  public Drawn only(WindowOption wanted) {
    return wanted.isGiven()
        ? new Drawn(
            run.only(wanted),
            lanes.only(lane -> wanted.admits(new WindowName(lane.liobn(), lane.generation()))))
        : this;
  }
}
