package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last access of a device through each LIOBN: where a window goes while devices use it and the
 * host looks up nothing for them afterwards, that they fall silent is the only sign.
 */
final class Accesses implements Observer {
  private final Map<Long, Long> last = new HashMap<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (event.kind() == EventKind.DMA && event.has(Event.LIOBN)) {
      last.put(event.liobn(), event.ordinal());
    }
  }

  /** The last access through the window that the suspect took away, if none came after. */
  Optional<Evidence> lastBefore(Suspect suspect) {
    if (suspect.liobn().isEmpty() || !Explains.needsLostWindow(suspect.rule())) {
      return Optional.empty();
    }
    long liobn = suspect.liobn().getAsLong();
    return Optional.ofNullable(last.get(liobn))
        .filter(access -> access < suspect.deciding())
        .map(
            access ->
                new Evidence(
                    access,
                    "is the last access of a device through " + Hex.of(liobn) + ", none since"));
  }
}
