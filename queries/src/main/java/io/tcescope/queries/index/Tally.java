package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;

/** What becomes of the events that match: each is handed over, or many are counted at once. */
@FunctionalInterface
interface Tally extends SearchableRun.Hits {
  /** True if nothing that happened there can change the answer. */
  default boolean skips(Extent there) {
    return false;
  }

  /**
   * All events there of one shape match, which the row and the facts show.
   *
   * @return true if they are counted thereby, and need not be handed over
   */
  default boolean takes(Extent there, Event shape, EventFacts facts, int events) {
    return false;
  }
}
