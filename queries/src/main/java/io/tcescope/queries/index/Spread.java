package io.tcescope.queries.index;

import java.io.IOException;

/** Where the events that match a query lie: in time, or in the run if none has a time stamp. */
public interface Spread {
  /** True if no event matches. */
  boolean isEmpty();

  /** Places are time stamps in nanoseconds, not ordinals. */
  boolean timed();

  /** The first place. */
  long first();

  /** The last place. */
  long last();

  /** Counts the events; the bars are of the same kind of place, and reach as far. */
  void fill(Bars bars) throws IOException;
}
