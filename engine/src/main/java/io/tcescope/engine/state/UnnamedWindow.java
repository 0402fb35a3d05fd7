package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/**
 * A window that a recorded call made, and of which no record tells the LIOBN: a probe of a guest's
 * kernel sees what is asked for, not what is given. The table that the guest sets up for it next,
 * or the first call on a LIOBN of its bridge that named no window, tells which one it is.
 *
 * @param event ordinal of the call that made it, 0 if there is none
 * @param entries as asked for, 0 if that is not recorded
 */
record UnnamedWindow(long event, int pageShift, long entries) {
  static final UnnamedWindow NONE = new UnnamedWindow(0, 0, 0);

  /** Linux clears so many entries of a new table with one call, if it has as many. */
  private static final long SWEEP_STEP = 512;

  private boolean exists() {
    return event != 0;
  }

  /** The window that the create makes; which of two unnamed ones is meant later, nobody knows. */
  static void made(Bridge bridge, Event event) {
    boolean asked = event.has(Event.PAGE_SHIFT | Event.ENTRIES) && event.pageShift() > 0;
    UnnamedWindow window =
        asked
            ? new UnnamedWindow(event.ordinal(), event.pageShift(), event.entries())
            : new UnnamedWindow(event.ordinal(), 0, 0);
    boolean alone = bridge != Bridge.NONE && !bridge.unnamed.exists();
    bridge.unnamed = alone ? window : NONE;
  }

  /** The guest sets up a table for the window that it has just asked for. */
  static void tableMade(Windows windows, Event event) {
    if (!event.has(Event.BUID | Event.LIOBN)) {
      return;
    }
    Bridge bridge = windows.bridge(event.buid());
    if (!bridge.unnamed.exists() || windows.get(event.liobn()).isOpen()) {
      return;
    }
    bridge.unnamed.open(windows, bridge, event.liobn(), bridge.unnamed.of(event));
  }

  /** Where it lies, if the guest's table covers it as a whole. */
  private Extent of(Event event) {
    boolean whole =
        event.has(Event.START | Event.PAGE_SHIFT | Event.PAGES)
            && entries != 0
            && event.pageShift() == pageShift
            && event.pages() == entries;
    return whole ? new Extent(event.start(), pageShift, entries) : Extent.UNKNOWN;
  }

  /**
   * The window, if a call on a LIOBN that names none now is about it; {@link DmaWindow#NONE} if it
   * may be about one that was there before.
   *
   * @param last the window that the LIOBN named last
   */
  static DmaWindow called(Windows windows, Bridge bridge, Event event, DmaWindow last) {
    boolean isNew = last != DmaWindow.NONE || !Numbering.isFirst(event.liobn());
    if (!bridge.unnamed.exists() || !isNew || !windows.numbersLikeQemu()) {
      return DmaWindow.NONE;
    }
    Extent extent = bridge.unnamed.isSweptFrom(event);
    return bridge.unnamed.open(windows, bridge, event.liobn(), extent);
  }

  /** Where it lies, if the call begins to clear it as a whole. */
  private Extent isSweptFrom(Event event) {
    boolean sweeps =
        event.kind() == EventKind.H_STUFF_TCE
            && event.has(Event.IOBA | Event.PAGES | Event.TCE)
            && !event.has(Event.IOBA_IS_END)
            && event.tce() == 0
            && entries != 0
            && event.pages() == Math.min(entries, SWEEP_STEP);
    return sweeps ? new Extent(event.ioba(), pageShift, entries) : Extent.UNKNOWN;
  }

  private DmaWindow open(Windows windows, Bridge bridge, long liobn, Extent extent) {
    Geometry how = extent.equals(Extent.UNKNOWN) ? Geometry.UNKNOWN : Geometry.INFERRED;
    DmaWindow window = windows.open(bridge, liobn, Role.DDW, extent, how, Change.Cause.CREATE);
    window.openedBy = event;
    bridge.unnamed = NONE;
    bridge.lastRemovedLiobn = 0;
    return window;
  }
}
