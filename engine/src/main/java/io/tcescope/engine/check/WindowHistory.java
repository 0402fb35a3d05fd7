package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for the checks what the state does not keep: how each LIOBN's window went, who asked
 * for each created one, and what the last query of each PE said. Reports nothing.
 */
final class WindowHistory implements Check {
  /** A window went. */
  record Closing(DmaWindow window, Change.Cause cause, long ordinal) {}

  /** A query that succeeded; block in entries, mask as RTAS encodes page sizes. */
  record Query(long ordinal, long configAddress, long available, long block, long mask) {}

  /** A create that succeeded. */
  record Creation(long ordinal, long configAddress, int pageShift, long entries) {}

  private final Map<Long, Closing> closings = new HashMap<>();
  private final Map<Long, Query> queries = new HashMap<>();
  private final Map<Long, Long> available = new HashMap<>();
  private final Map<DmaWindow, Creation> creations = new HashMap<>();

  @Override
  public int interests() {
    return Signal.OPENED | Signal.CLOSED | Signal.WINDOW_CALL;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    for (DmaWindow window : change.closed()) {
      closings.put(window.liobn(), new Closing(window, window.closedFor(), event.ordinal()));
      creations.remove(window);
      available.computeIfPresent(window.bridge().buid(), (buid, count) -> count + 1);
    }
    for (DmaWindow window : change.opened()) {
      if (window.openedBy() < event.ordinal()) {
        continue; // it is only now told of; the query had counted it
      }
      available.computeIfPresent(window.bridge().buid(), (buid, count) -> count - 1);
    }
    if (change.has(Signal.REFUSED)) {
      return;
    }
    if (event.kind() == EventKind.QUERY_PE_DMA_WINDOW && event.has(Event.BUID | Event.AVAILABLE)) {
      queries.put(event.buid(), query(event));
      available.put(event.buid(), event.available());
    }
    if (change.cause() == Change.Cause.CREATE && !change.opened().isEmpty()) {
      DmaWindow window = change.opened().getLast();
      creations.put(
          window,
          new Creation(
              window.openedBy(), event.configAddress(), window.pageShift(), window.entries()));
    }
  }

  @Override
  public void rebooted() {
    closings.clear();
    queries.clear();
    available.clear();
    creations.clear();
  }

  private static Query query(Event event) {
    return new Query(
        event.ordinal(),
        event.configAddress(),
        event.available(),
        event.has(Event.LARGEST_BLOCK) ? event.largestBlock() : 0,
        event.has(Event.PAGE_MASK) ? event.pageMask() : 0);
  }

  /** How the LIOBN's latest window that is gone went. */
  Optional<Closing> closing(long liobn) {
    return Optional.ofNullable(closings.get(liobn));
  }

  /** The last query of a PE. */
  Optional<Query> query(long buid) {
    return Optional.ofNullable(queries.get(buid));
  }

  /**
   * Windows a PE could still have made, by its last query and what happened since; 0 if unknown.
   */
  long available(long buid) {
    return available.getOrDefault(buid, 0L);
  }

  /** Who asked for an open window, empty if no create made it. */
  Optional<Creation> creation(DmaWindow window) {
    return Optional.ofNullable(creations.get(window));
  }
}
