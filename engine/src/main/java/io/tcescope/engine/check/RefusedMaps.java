package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Signal;
import java.util.HashSet;
import java.util.Set;

/**
 * Bridges whose last map the hypervisor refused for lack of resources. The driver is then told that
 * there is no room, though its window has some.
 */
final class RefusedMaps {
  static final int INTERESTS = Signal.REFUSED;

  private final Set<Long> bridges = new HashSet<>();

  boolean isEmpty() {
    return bridges.isEmpty();
  }

  /** Takes note of a map that was made or refused; makes nothing for the many that fail else. */
  void note(Event event, Change change) {
    if (change.has(Signal.MAPPED)) {
      if (!bridges.isEmpty()) {
        bridges.remove(change.window().bridge().buid());
      }
    } else if (event.status() == HcallStatus.H_NOT_ENOUGH_RESOURCES && change.has(Signal.REFUSED)) {
      bridges.add(change.window().bridge().buid());
    }
  }

  /** True if the last map through that window's bridge was refused. */
  boolean wasLast(DmaWindow window) {
    return window.bridge() != Bridge.NONE && bridges.contains(window.bridge().buid());
  }
}
