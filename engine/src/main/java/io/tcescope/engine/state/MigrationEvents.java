package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;

/**
 * Tables as migration writes and loads them: the only events that state a window's true geometry
 * after it was opened (RULES.md M5, M6).
 */
final class MigrationEvents {
  private final IommuState state;
  private final Windows windows;
  private final Change change;

  MigrationEvents(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.windows = windows;
    this.change = change;
  }

  /** A migration out writes every table's true geometry: the model's proof or disproof. */
  void preSave(Event event) {
    change.signal(Signal.RECORD);
    DmaWindow window = state.called(event.liobn());
    Extent extent = Extent.of(event);
    if (extent.entries() == 0) {
      goneIfOpen(window);
      return;
    }
    if (!window.isOpen()) {
      cameUnseen(event, extent, window);
    } else if (extent.equals(window.extent())) {
      window.geometry = Geometry.OBSERVED;
      window.bridge().rememberDefault(window);
    } else {
      replaced(event, window, extent);
    }
  }

  private void goneIfOpen(DmaWindow window) {
    if (window.isOpen()) {
      state.contradict("window " + window + " does not exist any more", window.provedBy);
      windows.close(window, Change.Cause.HOLE);
    }
  }

  private void cameUnseen(Event event, Extent extent, DmaWindow closed) {
    long liobn = event.liobn();
    Bridge bridge = windows.bridgeOf(liobn);
    boolean hole = closed != DmaWindow.NONE || windows.isKnownFromStart(bridge);
    if (hole) {
      state.contradict(
          "window " + Hex.of(liobn) + " exists unannounced",
          Math.max(closed.closedBy(), closed.provedBy));
    }
    Change.Cause why = hole ? Change.Cause.HOLE : Change.Cause.ASSUMED;
    Role role = hole ? windows.roleUnseen(liobn) : roleOf(Windows.roleOf(liobn), bridge, extent);
    DmaWindow window = windows.open(bridge, liobn, role, extent, Geometry.OBSERVED, why);
    Knowledge reason = state.isLossy() ? Knowledge.LOST : Knowledge.HOLE;
    window.forget(hole ? reason : Knowledge.BEFORE_RECORDING, event.ordinal());
  }

  /** The geometry is not what was assumed, or the window is another one than the model's. */
  private void replaced(Event event, DmaWindow window, Extent extent) {
    boolean sameGrid = window.start() == extent.start() && window.pageShift() == extent.pageShift();
    Role role = roleOf(window.role(), window.bridge(), extent);
    boolean same = window.geometry() != Geometry.OBSERVED && sameGrid && role == window.role();
    if (same && window.table.isBackgroundFrom(extent.entries())) {
      window.resize(extent.entries());
      window.geometry = Geometry.OBSERVED;
      window.bridge().rememberDefault(window);
      return;
    }
    if (window.geometry() != Geometry.OBSERVED) {
      DmaWindow placed = Relocation.of(windows, window, role, extent, Geometry.OBSERVED);
      Relocation.carryOver(window, placed, event.ordinal());
      placed.bridge().rememberDefault(placed);
      return;
    }
    state.contradict("window " + window + " has another place or size", window.provedBy);
    windows
        .open(window.bridge(), window.liobn(), role, extent, Geometry.OBSERVED, Change.Cause.HOLE)
        .forget(Knowledge.HOLE, event.ordinal());
  }

  /**
   * That a bridge's first LIOBN names its default window is a guess where the recording does not
   * show the bridge from its start: a created one may have that LIOBN, and its place and size are
   * then not those in which the default one comes back.
   */
  private static Role roleOf(Role role, Bridge bridge, Extent extent) {
    boolean guessed = role == Role.DEFAULT && !bridge.fromStart;
    return guessed && !extent.equals(bridge.defaultExtent) ? Role.UNKNOWN : role;
  }

  /**
   * A table is made just before it is loaded (RULES.md W1), unless there was one since the start.
   */
  private void explainTable(Bridge bridge, Event event) {
    boolean made = !event.has(Event.PAGES) || event.pages() == 0;
    if (bridge.pendingLiobn == event.liobn() && made) {
      bridge.pendingLiobn = 0;
    } else {
      state.settle(bridge);
    }
  }

  /** The first LIOBN of a bridge may name its default window or a created one. */
  private static Role loadedRole(long liobn) {
    Role usual = Windows.roleOf(liobn);
    return usual == Role.DEFAULT ? Role.UNKNOWN : usual;
  }

  /** An incoming migration: the window is what it says, its contents nobody tells (RULES.md M5). */
  void postLoad(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    Bridge bridge = windows.bridgeOf(liobn);
    if (bridge != Bridge.NONE) {
      explainTable(bridge, event);
      bridge.showsFromHere();
    }
    DmaWindow window = windows.get(liobn);
    Extent extent = Extent.of(event);
    if (extent.entries() == 0) {
      if (window.isOpen()) {
        windows.close(window, Change.Cause.MIGRATION);
      }
      return;
    }
    boolean wasDefault = window.isOpen() && extent.equals(window.extent());
    Role role = wasDefault ? window.role() : loadedRole(liobn);
    DmaWindow loaded =
        windows.open(bridge, liobn, role, extent, Geometry.OBSERVED, Change.Cause.MIGRATION);
    loaded.forget(Knowledge.BEFORE_RECORDING, event.ordinal());
  }
}
