package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;

/** What other recordings tell of the main recording's calls that it does not hold itself. */
final class Supplements {
  final Lists lists = new Lists();
  final Outputs outputs = new Outputs();

  /** Writes it into one of the main recording's records. */
  void fill(Event event) {
    lists.fill(event);
    outputs.fill(event);
  }
}
