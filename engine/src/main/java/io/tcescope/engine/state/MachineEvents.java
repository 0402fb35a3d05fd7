package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;

/**
 * What changes tables without a call of the guest: the emulator's allocations, migration, machine
 * reset, quiesce, hot-plug (RULES.md W1, M1 to M7).
 */
final class MachineEvents {
  /** vscsi and vlan: 256 MiB of 4K pages ({@code ibm,my-dma-window}). */
  static final Extent VIO_EXTENT = new Extent(0, 12, 1L << 16);

  private static final long BRIDGE_DRC = 0x20000000L;
  private static final long SLOT_DRC = 0x40000000L;
  private static final long DRC_TYPE = 0xf0000000L;
  private static final long SLOT_DRC_DEVFN = 0xffff;
  private static final int SLOT_DRC_SHIFT = 16;

  private final IommuState state;
  private final Windows windows;
  private final Change change;

  MachineEvents(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.windows = windows;
    this.change = change;
  }

  /**
   * A table got memory, for a reason the next event of its bridge tells. A VIO table needs no
   * reason: it comes with its device and is never made again.
   */
  void newTable(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    if (!Numbering.isPci(liobn)) {
      if (windows.get(liobn).isOpen()) {
        windows.restart(); // made once in a machine's life: another emulator starts
      }
      DmaWindow window =
          windows.open(
              Bridge.NONE, liobn, Role.VIO, VIO_EXTENT, Geometry.ASSUMED, Change.Cause.BOOT);
      windows.keepInKernel(window, event.has(Event.IN_KERNEL));
      return;
    }
    Bridge bridge = windows.bridgeOf(liobn);
    if (bridge == Bridge.NONE) {
      return; // nobody but QEMU makes tables so, and here LIOBNs are not QEMU's
    }
    if (!event.has(Event.IN_KERNEL) && leftKernel(bridge, liobn)) {
      return;
    }
    settle(bridge);
    if (event.has(Event.NO_TABLE)) {
      return; // a create of 2^32 entries or more: fails late, opens nothing (RULES.md W6)
    }
    bridge.pendingLiobn = liobn;
    bridge.pendingInKernel = event.has(Event.IN_KERNEL);
    bridge.pendingEvent = event.ordinal();
  }

  /**
   * True if the table moved out of the host kernel as it was, because a VFIO device came that needs
   * it in QEMU (RULES.md M7): the only other reason for a table to be made is that there was none,
   * or one without use of the kernel.
   */
  private boolean leftKernel(Bridge bridge, long liobn) {
    if (bridge.pendingLiobn == liobn) {
      boolean left = bridge.pendingInKernel;
      bridge.pendingInKernel = false;
      return left;
    }
    DmaWindow window = windows.get(liobn);
    boolean left = window.isOpen() && window.isInKernel();
    if (left) {
      window.inKernel = false;
    }
    return left;
  }

  /**
   * Nothing explained the table: a default window's means that its bridge starts anew (boot,
   * machine reset, plug), or that it came back by itself and that is not recorded; an extra one's
   * is a create that failed late (RULES.md W1, W4, W6, M1).
   */
  void settle(Bridge bridge) {
    if (!bridge.hasPending()) {
      return;
    }
    long liobn = bridge.pendingLiobn;
    bridge.pendingLiobn = 0;
    if (!Numbering.isFirst(liobn)) {
      return;
    }
    boolean again = bridge.fromStart || !windows.fromStart; // a late recording shows no boot
    long now = windows.now;
    windows.now = bridge.pendingEvent; // it happened when the table was made
    boolean restored = lacksDefault(bridge);
    restart(
        bridge,
        restored
            ? Change.Cause.AUTO_RESTORE
            : again ? Change.Cause.MACHINE_RESET : Change.Cause.BOOT);
    windows.now = now;
    if (again && !restored && bridge.buid() == Numbering.buidOfBridge(0)) {
      clearOlder(bridge.pendingEvent);
    }
  }

  /** Takes all tables that are not explained yet for what they are if nothing else comes. */
  void settleAll() {
    windows.bridges().forEach(this::settle);
  }

  /** Records are missing: nothing is known any more, of tables that are no windows yet either. */
  void lost() {
    settleAll();
    windows.lost();
  }

  /** True if the bridge's last window, a created one, has just gone: the default one comes back. */
  private boolean lacksDefault(Bridge bridge) {
    long removed = bridge.lastRemovedLiobn;
    return removed != 0 && !Numbering.isFirst(removed) && windows.open(bridge).isEmpty();
  }

  /**
   * The first bridge can neither be plugged nor unplugged, so where it starts anew the machine
   * does, and every VIO table is clear (RULES.md M1), told by {@code spapr_vio_free_crq} or not.
   */
  private void clearOlder(long reset) {
    for (DmaWindow window : windows.vio()) {
      if (window.nonzero() != 0 || window.unknown() != 0) {
        DmaWindow before = window.copy();
        forgetQuiesced(window, Knowledge.VIO_QUIESCE, reset);
        new TableEditor(new Change()).copyNewer(before, window, reset);
      }
    }
  }

  private void forgetQuiesced(DmaWindow window, Knowledge how, long event) {
    if (!state.rules().unrecorded().isEmpty()) {
      window.forget(Knowledge.LOST, event); // it was clear, until the next call that is missing
      return;
    }
    if (window.inKernel && how == Knowledge.VIO_QUIESCE) {
      window.forget(Knowledge.IN_KERNEL, event); // clear for a moment, then written out of sight
      return;
    }
    window.forget(how, event);
    window.unknown = 0;
  }

  private void restart(Bridge bridge, Change.Cause why) {
    for (DmaWindow window : windows.open(bridge)) {
      windows.close(window, why);
    }
    bridge.showsFromHere();
    bridge.unplugged = false;
    bridge.lastRemovedLiobn = 0;
    DmaWindow window = windows.openDefault(bridge, why);
    windows.keepInKernel(window, bridge.pendingInKernel);
  }

  /** A complete account declares a window that exists, all clear (CSV). */
  void window(Event event) {
    change.signal(Signal.RECORD);
    long liobn = event.liobn();
    Bridge bridge = event.has(Event.BUID) ? windows.bridge(event.buid()) : windows.bridgeOf(liobn);
    Role role = declaredRole(event);
    boolean placed = event.has(Event.START | Event.PAGE_SHIFT | Event.ENTRIES);
    Extent extent = placed ? Extent.of(event) : Extent.UNKNOWN;
    Geometry how = placed ? Geometry.OBSERVED : Geometry.UNKNOWN;
    Bridge owner = role == Role.VIO ? Bridge.NONE : bridge;
    DmaWindow window = windows.open(owner, liobn, role, extent, how, Change.Cause.DECLARED);
    if (owner != Bridge.NONE) {
      owner.showsFromHere();
      if (role == Role.DEFAULT) {
        owner.defaultLiobn(liobn);
        window.bridge().rememberDefault(window);
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
    return Windows.roleOf(event.liobn());
  }

  /** A bridge is plugged in: its default window, allocated just before, is there (RULES.md M4). */
  void attach(Event event) {
    change.signal(Signal.RECORD);
    if ((event.id() & DRC_TYPE) != BRIDGE_DRC) {
      return;
    }
    Bridge bridge = windows.bridgeNumber(event.id() - BRIDGE_DRC);
    if (bridge.hasPending() && Numbering.isFirst(bridge.pendingLiobn)) {
      bridge.pendingLiobn = 0;
      restart(bridge, bridge.fromStart ? Change.Cause.PLUG : Change.Cause.BOOT);
    }
  }

  /** The last of a bridge's 256 slots goes, and with it the bridge and its tables (RULES.md M4). */
  void unrealize(Event event) {
    change.signal(Signal.RECORD);
    long id = event.id();
    if ((id & DRC_TYPE) != SLOT_DRC || (id & SLOT_DRC_DEVFN) != 0) {
      return;
    }
    unplug(windows.bridgeNumber((id - SLOT_DRC) >>> SLOT_DRC_SHIFT));
  }

  void unplug(Event event) {
    change.signal(Signal.RECORD);
    if (event.has(Event.BUID)) {
      unplug(windows.bridge(event.buid()));
    }
  }

  private void unplug(Bridge bridge) {
    settle(bridge);
    bridge.unplugged = true;
    bridge.showsFromHere();
    for (DmaWindow window : windows.open(bridge)) {
      windows.close(window, Change.Cause.UNPLUG);
    }
  }

  /** A queue is registered: whoever records that also records all queues being freed. */
  void registerCrq() {
    change.signal(Signal.RECORD);
    windows.crqRow.noteRecorded();
  }

  /** A row of all CRQs is RTAS quiesce or a machine reset (RULES.md M1, M2). */
  void freeCrq(Event event) {
    change.signal(Signal.RECORD);
    if (windows.freesAllCrqs(event.id())) {
      quiesce(Knowledge.VIO_QUIESCE);
    }
  }

  /** Clears every VIO table that is not known to be clear already. */
  void quiesce(Knowledge how) {
    change.signal(Signal.RECORD);
    for (DmaWindow window : windows.vio()) {
      if (window.nonzero() != 0 || window.unknown() != 0) {
        forgetQuiesced(window, how, state.events());
      }
    }
  }

  /** A machine reset that a record names: every bridge starts anew, VIO tables are clear. */
  void machineReset() {
    change.signal(Signal.RECORD);
    for (Bridge bridge : windows.bridges()) {
      if (!bridge.isUnplugged()) {
        restart(bridge, Change.Cause.MACHINE_RESET);
      }
    }
    quiesce(Knowledge.OBSERVED);
  }
}
