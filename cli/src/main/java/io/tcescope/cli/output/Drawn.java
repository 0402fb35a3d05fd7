package io.tcescope.cli.output;

import io.tcescope.queries.timeline.Lanes;

/** What one run showed, and its windows as lanes. */
public record Drawn(Checked run, Lanes lanes) {
  /** What concerns the windows of one LIOBN. */
  public Drawn only(long liobn) {
    return new Drawn(run.only(liobn), lanes.only(liobn));
  }
}
