package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;

/** Watches a replay for one family of faults. */
interface Check {
  /**
   * The {@link Signal}s that concern it now. The runner asks again after each event it hands over,
   * so a check may follow normal traffic for as long as it has a reason to.
   */
  int interests();

  /** An event with one of these signals; it is valid during the call only. */
  void on(Event event, Change change, IommuState state, Findings findings);

  /** By the guest's own messages the machine was reset, and with it all windows they told of. */
  default void rebooted() {}

  /** The recording is over; {@code past} answers what only an earlier moment knows. */
  default void end(IommuState state, Findings findings, Past past) {}
}
