package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;

/** What becomes of the events that match: each is handed over, or many are counted at once. */
@FunctionalInterface
interface HitTally extends SearchableRun.Hits {
  /** True if nothing that happened there can change the answer. */
  default boolean skips(EventSpan there) {
    return false;
  }

  /**
   * All events there of one shape match, which the row and the facts show.
   *
   * @return true if they are counted thereby, and need not be handed over
   */
  default boolean takes(EventSpan there, Event shape, EventFacts facts, int events) {
    return false;
  }
}
