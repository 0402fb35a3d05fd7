package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;

/**
 * The four RTAS calls on dynamic DMA windows (LoPAR {@code ibm,*-pe-dma-window}; QEMU's {@code
 * spapr_rtas_ddw.c}; RULES.md W2 to W7).
 */
final class WindowCalls {
  private final IommuState state;
  private final Windows windows;
  private final Change change;

  WindowCalls(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.windows = windows;
    this.change = change;
  }

  void apply(Event event) {
    if (event.has(Event.WRITES_UNSEEN)) {
      forgetGone(event);
    }
    switch (event.kind()) {
      case QUERY_PE_DMA_WINDOW -> query(event);
      case CREATE_PE_DMA_WINDOW -> create(event);
      case REMOVE_PE_DMA_WINDOW -> remove(event);
      default -> reset(event); // the fourth and last of the calls on windows
    }
    if (event.has(Event.WRITES_UNSEEN)) {
      change.opened().forEach(window -> forget(window, event));
    }
  }

  /** What a window holds that goes when nobody records any more what is written. */
  private void forgetGone(Event event) {
    switch (event.kind()) {
      case REMOVE_PE_DMA_WINDOW -> forget(state.window(event.liobn()), event);
      case RESET_PE_DMA_WINDOW ->
          windows.open(windows.bridge(event.buid())).forEach(window -> forget(window, event));
      default -> {}
    }
  }

  private static void forget(DmaWindow window, Event event) {
    if (window.isOpen()) {
      window.forget(Knowledge.NEVER_SEEN, event.ordinal());
    }
  }

  /**
   * The number of windows available checks the model: it and the live ones add up to a constant.
   */
  private void query(Event event) {
    change.signal(Signal.WINDOW_CALL);
    Bridge bridge = settledBridge(event);
    if (refused(event) || bridge == Bridge.NONE || !event.has(Event.AVAILABLE)) {
      return;
    }
    long total = event.available() + windows.open(bridge).size();
    if (bridge.capacity == Bridge.CAPACITY_UNKNOWN || !bridge.fromStart) {
      bridge.capacity = total;
    } else if (bridge.capacity != total && state.rules().platform() != Platform.POWERVM) {
      long live = total - event.available();
      bridge.capacity = total;
      state.contradict(
          "a query counts other windows than the " + live + " that the recording tells of",
          windows.lastWindowCall(bridge));
    }
  }

  private boolean refused(Event event) {
    if (event.has(Event.STATUS) && !event.succeeded()) {
      change.signal(Signal.REFUSED);
      return true;
    }
    return false;
  }

  private Bridge settledBridge(Event event) {
    if (!event.has(Event.BUID)) {
      return Bridge.NONE;
    }
    Bridge bridge = windows.bridge(event.buid());
    state.settle(bridge);
    return bridge;
  }

  /** A new window, all clear; the LIOBN may have named another one before. */
  private void create(Event event) {
    change.signal(Signal.WINDOW_CALL);
    if (refused(event)) {
      return;
    }
    if (!event.has(Event.LIOBN)) {
      UnnamedWindow.made(settledBridge(event), event);
      return;
    }
    long liobn = event.liobn();
    Bridge bridge = event.has(Event.BUID) ? windows.bridge(event.buid()) : windows.bridgeOf(liobn);
    boolean inKernel = bridge.pendingLiobn == liobn && bridge.pendingInKernel;
    if (bridge.pendingLiobn == liobn) {
      bridge.pendingLiobn = 0;
    } else {
      state.settle(bridge);
    }
    if (windows.get(liobn).isOpen()) {
      DmaWindow existing = windows.get(liobn);
      state.contradict("window " + existing + " was created while it existed", existing.provedBy);
    }
    boolean placed = event.has(Event.START | Event.PAGE_SHIFT | Event.ENTRIES);
    Extent extent =
        placed ? new Extent(event.start(), event.pageShift(), event.entries()) : Extent.UNKNOWN;
    Geometry how = placed ? Geometry.OBSERVED : Geometry.UNKNOWN;
    DmaWindow window = windows.open(bridge, liobn, Role.DDW, extent, how, Change.Cause.CREATE);
    bridge.lastRemovedLiobn = 0;
    windows.keepInKernel(window, inKernel);
  }

  /** A probe of the guest's kernel: it may be where the kernel sets a window's table up. */
  void tableMade(Event event) {
    change.signal(Signal.RECORD);
    UnnamedWindow.tableMade(windows, event);
  }

  /** The window goes with all its entries, in use or not (RULES.md W5). */
  private void remove(Event event) {
    change.signal(Signal.WINDOW_CALL);
    DmaWindow window = state.called(event.liobn());
    if (refused(event)) {
      return;
    }
    Bridge bridge = window.isOpen() ? window.bridge() : windows.bridgeOf(event.liobn());
    if (!window.isOpen()) {
      window = UnnamedWindow.called(windows, bridge, event, window);
    }
    if (!window.isOpen()) {
      removedUnseen(event, bridge, state.window(event.liobn()));
      return;
    }
    windows.close(window, Change.Cause.REMOVE);
    bridge.removed(window);
    if (!state.rules().showsRestores()) {
      restoreIfLast(bridge, window);
    }
  }

  private void removedUnseen(Event event, Bridge bridge, DmaWindow closed) {
    boolean gone = closed != DmaWindow.NONE;
    if (gone || windows.isKnownFromStart(bridge)) {
      state.contradict(
          "a window was removed that does not exist: " + Hex.of(event.liobn()),
          Math.max(closed.closedBy(), closed.provedBy));
      return;
    }
    boolean numbered = windows.numbersLikeQemu() && Numbering.isPci(event.liobn());
    Role role = numbered ? Windows.roleOf(event.liobn()) : Role.UNKNOWN;
    DmaWindow window =
        windows.open(
            bridge,
            event.liobn(),
            role,
            role == Role.DEFAULT ? bridge.defaultExtent : Extent.UNKNOWN,
            role == Role.DEFAULT ? bridge.defaultGeometry : Geometry.UNKNOWN,
            Change.Cause.ASSUMED);
    window.forget(Knowledge.BEFORE_RECORDING, 0);
    windows.close(window, Change.Cause.REMOVE);
    bridge.removed(window);
  }

  /**
   * LoPAR R1-3: when the last window goes and it was not the default one, the default one comes
   * back. QEMU takes any window on the first LIOBN for the default one (RULES.md W4). One that no
   * record has told of may have been there all the while, and no record says so now.
   */
  private void restoreIfLast(Bridge bridge, DmaWindow removed) {
    if (!bridge.showsDefault() || !windows.open(bridge).isEmpty()) {
      return;
    }
    if (!bridge.isInPlaceOfDefault(removed)) {
      windows.openDefault(bridge, Change.Cause.AUTO_RESTORE);
    }
  }

  /** All windows of the bridge go, the default one comes back clear. */
  private void reset(Event event) {
    change.signal(Signal.WINDOW_CALL);
    if (refused(event) || !event.has(Event.BUID)) {
      return;
    }
    Bridge bridge = windows.bridge(event.buid());
    boolean inKernel = bridge.pendingInKernel && bridge.hasPending();
    bridge.pendingLiobn = 0;
    bridge.unnamed = UnnamedWindow.NONE;
    Change.Cause why = isRestore(bridge, event) ? Change.Cause.AUTO_RESTORE : Change.Cause.RESET;
    bridge.lastRemovedLiobn = 0;
    DmaWindow before = windows.get(bridge.defaultLiobn());
    for (DmaWindow window : windows.open(bridge)) {
      windows.close(window, why);
    }
    DmaWindow restored = windows.openDefault(bridge, why);
    windows.keepInKernel(restored, inKernel);
    if (state.rules().platform() == Platform.POWERVM
        && state.rules().machine().mayHaveOneWindowPerPe()
        && restored != DmaWindow.NONE) {
      mayKeep(before, restored, event);
    }
  }

  private boolean isRestore(Bridge bridge, Event event) {
    boolean secondWent =
        bridge.lastRemovedLiobn != 0 && bridge.lastRemovedLiobn != bridge.defaultLiobn();
    return secondWent && event.configAddress() == 0 && windows.open(bridge).isEmpty();
  }

  /** A single-window PE of PowerVM shares one table: entries of before may show through (Linux). */
  private static void mayKeep(DmaWindow before, DmaWindow restored, Event event) {
    long mark = Mark.of(Knowledge.RESET_MAY_KEEP, event.ordinal());
    TableEditor editor = new TableEditor(new Change());
    before.visit(
        (first, count, value, step, oldMark) -> {
          if (Mark.isUnknown(oldMark) || value != 0 || step != 0) {
            editor.forget(restored, first, count, mark);
          }
        });
  }
}
