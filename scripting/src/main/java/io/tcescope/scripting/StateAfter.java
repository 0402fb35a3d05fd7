package io.tcescope.scripting;

import io.tcescope.engine.state.IommuState;
import org.jspecify.annotations.Nullable;

/**
 * The state after an event. As long as that is where the replay stands, it is the replay's own,
 * which costs nothing; whoever looks later travels.
 */
final class StateAfter {
  private final TimeTravel travel;
  private final long ordinal;
  private @Nullable IommuState kept;

  StateAfter(TimeTravel travel, long ordinal) {
    this.travel = travel;
    this.ordinal = Math.clamp(ordinal, 0, travel.now().events());
  }

  /** Not to be kept: ask again. */
  IommuState state() {
    IommuState state = kept;
    if (state == null) {
      IommuState now = travel.now();
      if (now.events() == ordinal) {
        return now;
      }
      state = travel.after(ordinal);
      kept = state;
    }
    return state;
  }
}
