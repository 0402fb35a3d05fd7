package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;

/**
 * What changes tables without a call of the guest: the emulator's allocations, migration, machine
 * reset, quiesce, hot-plug (qemu-recordings.md rules 7, 12 to 16, 21, 22).
 */
final class MachineEvents {
  /** vscsi and vlan: 256 MiB of 4K pages ({@code ibm,my-dma-window}). */
  static final DmaWindow.Extent VIO_EXTENT = new DmaWindow.Extent(0, 12, 1L << 16);

  /** The console's unit address: the last of the row in which QEMU frees all CRQs. */
  private static final long CONSOLE = 0x71000000L;

  private static final long BRIDGE_DRC = 0x20000000L;
  private static final long SLOT_DRC = 0x40000000L;
  private static final long DRC_TYPE = 0xf0000000L;
  private static final long SLOT_DRC_DEVFN = 0xffff;
  private static final int SLOT_DRC_SHIFT = 16;

  private final IommuState state;
  private final Change change;

  MachineEvents(IommuState state, Change change) {
    this.state = state;
    this.change = change;
  }

  /**
   * A table got memory, for a reason the next event of its bridge tells. A VIO table needs no
   * reason: it comes with its device and is never made again.
   */
  void newTable(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    if (!IommuState.isPci(liobn)) {
      DmaWindow window =
          state.open(Bridge.NONE, liobn, Role.VIO, VIO_EXTENT, Geometry.ASSUMED, Change.Cause.BOOT);
      state.keepInKernel(window, event.has(Event.IN_KERNEL));
      return;
    }
    Bridge bridge = state.bridgeOf(liobn);
    settle(bridge);
    if (event.has(Event.NO_TABLE)) {
      return; // a create of 2^32 entries or more: fails late, opens nothing (rule 12)
    }
    bridge.pendingLiobn = liobn;
    bridge.pendingInKernel = event.has(Event.IN_KERNEL);
    bridge.pendingEvent = event.ordinal();
  }

  /**
   * Nothing explained the table: a default window's means that its bridge starts anew (boot,
   * machine reset, plug); an extra one's is a create that failed late (rules 7, 12, 13).
   */
  void settle(Bridge bridge) {
    if (!bridge.hasPending()) {
      return;
    }
    long liobn = bridge.pendingLiobn;
    bridge.pendingLiobn = 0;
    if (!IommuState.isFirst(liobn)) {
      return;
    }
    boolean again = bridge.fromStart;
    restart(bridge, again ? Change.Cause.MACHINE_RESET : Change.Cause.BOOT);
  }

  private void restart(Bridge bridge, Change.Cause why) {
    for (DmaWindow window : state.windows(bridge)) {
      state.close(window, why);
    }
    bridge.fromStart = true;
    bridge.unplugged = false;
    bridge.lastRemovedLiobn = 0;
    DmaWindow window = state.openDefault(bridge, why);
    state.keepInKernel(window, bridge.pendingInKernel);
  }

  /** A migration out writes every table's true geometry: the model's proof or disproof. */
  void preSave(Event event) {
    change.signal(Signal.RECORD);
    DmaWindow window = state.called(event.liobn());
    DmaWindow.Extent extent = extent(event);
    if (extent.entries() == 0) {
      goneIfOpen(window);
      return;
    }
    if (!window.isOpen()) {
      cameUnseen(event, extent, window);
    } else if (extent.equals(extentOf(window))) {
      window.geometry = Geometry.OBSERVED;
      rememberDefault(window, extent);
    } else {
      replaced(event, window, extent);
    }
  }

  private void goneIfOpen(DmaWindow window) {
    if (window.isOpen()) {
      state.contradict("window " + window + " does not exist any more");
      state.close(window, Change.Cause.HOLE);
    }
  }

  private void cameUnseen(Event event, DmaWindow.Extent extent, DmaWindow closed) {
    long liobn = event.liobn();
    Bridge bridge = state.bridgeOf(liobn);
    boolean hole = closed != DmaWindow.NONE || state.isKnownFromStart(bridge);
    if (hole) {
      state.contradict("window 0x" + Long.toHexString(liobn) + " exists unannounced");
    }
    Change.Cause why = hole ? Change.Cause.HOLE : Change.Cause.ASSUMED;
    Role role = hole ? Role.UNKNOWN : roleOf(liobn);
    DmaWindow window = state.open(bridge, liobn, role, extent, Geometry.OBSERVED, why);
    Knowledge reason = state.isLossy() ? Knowledge.LOST : Knowledge.HOLE;
    window.forget(hole ? reason : Knowledge.BEFORE_RECORDING, event.ordinal());
  }

  private static Role roleOf(long liobn) {
    if (!IommuState.isPci(liobn)) {
      return Role.VIO;
    }
    return IommuState.isFirst(liobn) ? Role.DEFAULT : Role.DDW;
  }

  /** The geometry is not what was assumed, or the window is another one than the model's. */
  private void replaced(Event event, DmaWindow window, DmaWindow.Extent extent) {
    boolean sameGrid = window.start() == extent.start() && window.pageShift() == extent.pageShift();
    if (window.geometry() != Geometry.OBSERVED && sameGrid && extent.entries() > window.entries()) {
      window.grow(extent.entries());
      window.geometry = Geometry.OBSERVED;
      rememberDefault(window, extent);
      return;
    }
    boolean hole = window.geometry() == Geometry.OBSERVED;
    if (hole) {
      state.contradict("window " + window + " has another place or size");
    }
    DmaWindow placed =
        state.open(
            window.bridge(),
            window.liobn(),
            window.role(),
            extent,
            Geometry.OBSERVED,
            hole ? Change.Cause.HOLE : Change.Cause.ASSUMED);
    carryOver(window, placed, event, hole);
  }

  /** Entries known by bus address keep what is known of them in the window's true geometry. */
  private void carryOver(DmaWindow from, DmaWindow to, Event event, boolean hole) {
    if (hole) {
      to.forget(Knowledge.HOLE, event.ordinal());
      return;
    }
    long background = from.table().background();
    if (Mark.isUnknown(background)) {
      to.forget(Mark.knowledge(background), Mark.writer(background));
    }
    TableEditor editor = new TableEditor(new Change());
    from.visit(
        (first, count, value, step, mark) -> {
          for (long i = 0; i < count; i++) {
            long index = to.indexOf(from.iobaOf(first + i));
            if (to.contains(index) && !Mark.isUnknown(mark)) {
              editor.write(to, index, value + i * step, mark);
            }
          }
        });
  }

  private static DmaWindow.Extent extent(Event event) {
    return new DmaWindow.Extent(event.start(), event.pageShift(), event.entries());
  }

  private static DmaWindow.Extent extentOf(DmaWindow window) {
    return new DmaWindow.Extent(window.start(), window.pageShift(), window.entries());
  }

  private static void rememberDefault(DmaWindow window, DmaWindow.Extent extent) {
    if (window.role() == Role.DEFAULT) {
      window.bridge().defaultExtent = extent;
      window.bridge().defaultGeometry = Geometry.OBSERVED;
    }
  }

  /** An incoming migration: the window is what it says, its contents nobody tells (rule 21). */
  void postLoad(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    Bridge bridge = state.bridgeOf(liobn);
    if (bridge != Bridge.NONE) {
      settle(bridge);
      bridge.fromStart = true;
    }
    DmaWindow window = state.window(liobn);
    DmaWindow.Extent extent = extent(event);
    if (extent.entries() == 0) {
      if (window.isOpen()) {
        state.close(window, Change.Cause.MIGRATION);
      }
      return;
    }
    boolean wasDefault = window.isOpen() && extent.equals(extentOf(window));
    Role role = wasDefault ? window.role() : IommuState.isPci(liobn) ? Role.DDW : Role.VIO;
    DmaWindow loaded =
        state.open(bridge, liobn, role, extent, Geometry.OBSERVED, Change.Cause.MIGRATION);
    loaded.forget(Knowledge.BEFORE_RECORDING, event.ordinal());
  }

  /** A complete account declares a window that exists, all clear (CSV). */
  void window(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    Bridge bridge = event.has(Event.BUID) ? state.bridge(event.buid()) : state.bridgeOf(liobn);
    Role role = declaredRole(event);
    boolean placed = event.has(Event.START | Event.PAGE_SHIFT | Event.ENTRIES);
    DmaWindow.Extent extent = placed ? extent(event) : DmaWindow.Extent.UNKNOWN;
    Geometry how = placed ? Geometry.OBSERVED : Geometry.UNKNOWN;
    Bridge owner = role == Role.VIO ? Bridge.NONE : bridge;
    DmaWindow window = state.open(owner, liobn, role, extent, how, Change.Cause.DECLARED);
    if (owner != Bridge.NONE) {
      owner.fromStart = true;
      if (role == Role.DEFAULT) {
        owner.defaultLiobn(liobn);
        rememberDefault(window, extent);
      }
    }
  }

  private static Role declaredRole(Event event) {
    String text = event.text();
    for (Role role : Role.values()) {
      if (text.equalsIgnoreCase(role.name()) || text.equalsIgnoreCase("role=" + role.name())) {
        return role;
      }
    }
    return roleOf(event.liobn());
  }

  /** A bridge is plugged in: its default window, allocated just before, is there (rule 16). */
  void attach(Event event) {
    change.signal(Signal.RECORD);
    if ((event.id() & DRC_TYPE) != BRIDGE_DRC) {
      return;
    }
    Bridge bridge = state.bridgeNumber(event.id() - BRIDGE_DRC);
    if (bridge.hasPending() && IommuState.isFirst(bridge.pendingLiobn)) {
      bridge.pendingLiobn = 0;
      restart(bridge, bridge.fromStart ? Change.Cause.PLUG : Change.Cause.BOOT);
    }
  }

  /** The last of a bridge's 256 slots goes, and with it the bridge and its tables (rule 16). */
  void unrealize(Event event) {
    change.signal(Signal.RECORD);
    long id = event.id();
    if ((id & DRC_TYPE) != SLOT_DRC || (id & SLOT_DRC_DEVFN) != 0) {
      return;
    }
    unplug(state.bridgeNumber((id - SLOT_DRC) >>> SLOT_DRC_SHIFT));
  }

  void unplug(Event event) {
    change.signal(Signal.RECORD);
    if (event.has(Event.BUID)) {
      unplug(state.bridge(event.buid()));
    }
  }

  private void unplug(Bridge bridge) {
    bridge.pendingLiobn = 0;
    bridge.unplugged = true;
    bridge.fromStart = true;
    for (DmaWindow window : state.windows(bridge)) {
      state.close(window, Change.Cause.UNPLUG);
    }
  }

  /** The console's CRQ is freed last: the row is RTAS quiesce or a machine reset (rules 13, 14). */
  void freeCrq(Event event) {
    change.signal(Signal.RECORD);
    if (event.id() == CONSOLE) {
      quiesce(Knowledge.VIO_QUIESCE);
    }
  }

  /** Clears every VIO table that is not known to be clear already. */
  void quiesce(Knowledge how) {
    change.signal(Signal.RECORD);
    for (DmaWindow window : state.windows()) {
      if (window.role() == Role.VIO && (window.nonzero() != 0 || window.unknown() != 0)) {
        window.forget(how, state.events());
        window.unknown = 0;
      }
    }
  }

  /** A machine reset that a record names: every bridge starts anew, VIO tables are clear. */
  void machineReset() {
    change.signal(Signal.RECORD);
    for (Bridge bridge : state.bridges()) {
      if (!bridge.isUnplugged()) {
        restart(bridge, Change.Cause.MACHINE_RESET);
      }
    }
    quiesce(Knowledge.OBSERVED);
  }
}
