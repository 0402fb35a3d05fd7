package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;

/** Watches a replay. Event and change are reused: valid during the call only. */
public interface Observer {
  /** The event was applied; {@code state} is as it is after it and must not be changed. */
  void on(Event event, Change change, IommuState state);

  /** The recording is over. */
  default void end(IommuState state) {}
}
