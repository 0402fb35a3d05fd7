package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Default windows that go in use as the guest's own allocator tells, where no recorder shows what
 * the tables hold. Probes name a table by its address in the guest. Whose it is shows where a
 * driver sets its device up: the thread that reads a device's configuration space allocates in the
 * table of the device's bridge next.
 */
final class GuestAllocations implements Check {
  /** A default window always has pages of this size (LoPAR R1-4), and Linux numbers them from 0. */
  private static final int PAGE_SHIFT = 12;

  /** No allocator hands out more at once: the pages of a 32-bit bus. */
  private static final long MOST_PAGES = 1L << 20;

  /** A guest with more tables than that is not looked at. */
  private static final int MOST_TABLES = 512;

  private static final long UNKNOWN_BRIDGE = 0;
  private static final long SEVERAL_BRIDGES = -1;

  /** What the guest has allocated in a table, by the numbers of its pages. */
  private static final class Table {
    private final TreeSet<Long> pages = new TreeSet<>();
    private long liobn;
    private long buid = UNKNOWN_BRIDGE;
    private long configured;
    private long allocated;
    private long last;
  }

  /** The bridge whose configuration space a thread accessed last, and by which event. */
  private record Access(long buid, long event) {}

  private final Map<Long, Table> tables = new HashMap<>();
  private final Map<Long, Access> accesses = new HashMap<>();

  /** True for a record of the allocator, which changes no table by itself. */
  static boolean tells(Event event) {
    return event.kind() == EventKind.ALLOC || event.kind() == EventKind.FREE;
  }

  @Override
  public int interests() {
    return Signal.RECORD | Signal.CLOSED;
  }

  @Override
  public void rebooted() {
    tables.clear();
    accesses.clear();
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.CLOSED)) {
      change.closed(Change.Cause.REMOVE).forEach(window -> removed(event, window, findings));
    }
    if (event.kind() == EventKind.RTAS && event.has(Event.BUID)) {
      accesses.put(event.thread(), new Access(event.buid(), event.ordinal()));
    } else if (tells(event) && event.has(Event.GUEST_TABLE | Event.TCE_NUMBER | Event.PAGES)) {
      allocates(event);
    }
  }

  private void allocates(Event event) {
    if (Long.compareUnsigned(event.pages(), MOST_PAGES) > 0) {
      return;
    }
    Table table = tables.get(event.guestTable());
    if (table == null) {
      if (tables.size() == MOST_TABLES) {
        return;
      }
      table = new Table();
      tables.put(event.guestTable(), table);
    }
    boolean allocates = event.kind() == EventKind.ALLOC;
    for (long page = 0; page < event.pages(); page++) {
      if (allocates) {
        table.pages.add(event.tceNumber() + page);
      } else {
        table.pages.remove(event.tceNumber() + page);
      }
    }
    if (event.has(Event.LIOBN)) {
      table.liobn = event.liobn();
    }
    if (allocates) {
      table.last = event.ordinal();
      Access access = accesses.get(event.thread());
      if (access != null) {
        belongs(table, access, event.ordinal());
      }
    }
  }

  private static void belongs(Table table, Access access, long event) {
    if (table.buid == UNKNOWN_BRIDGE) {
      table.buid = access.buid();
      table.configured = access.event();
      table.allocated = event;
    } else if (table.buid != access.buid()) {
      table.buid = SEVERAL_BRIDGES;
    }
  }

  private void removed(Event event, DmaWindow window, Findings findings) {
    boolean untold = window.inUse().mapped() == 0 && window.unknown() > 0;
    if (!untold || window.role() != Role.DEFAULT) {
      return;
    }
    List<Table> its = tables.values().stream().filter(table -> isOf(table, window)).toList();
    if (its.size() != 1 || its.getFirst().pages.isEmpty()) {
      return; // of two tables of a bridge one is another window's
    }
    Table table = its.getFirst();
    Draft draft =
        findings
            .report(Rule.DEFAULT_WINDOW_REMOVED_IN_USE, event.ordinal())
            .atMost(Confidence.INFERRED)
            .window(window)
            .ioba(table.pages.first() << PAGE_SHIFT)
            .data("live", (long) table.pages.size())
            .address("firstIoba", table.pages.first() << PAGE_SHIFT)
            .address("lastIoba", table.pages.last() << PAGE_SHIFT)
            .message(
                "Default window {liobn} removed while the guest had {live} {live:page|pages}"
                    + " allocated in it, {firstIoba..lastIoba}");
    if (table.liobn == 0) {
      draft
          .evidence(table.configured, "is a driver that looks at a device of the bridge")
          .evidence(table.allocated, "allocates for it, so the table is the window's");
    }
    draft
        .evidence(table.last, "is the last allocation before the removal")
        .evidence(event.ordinal(), "removes the window");
    table.pages.clear(); // they are told of
  }

  private static boolean isOf(Table table, DmaWindow window) {
    return table.liobn == 0
        ? table.buid == window.bridge().buid() && table.buid != UNKNOWN_BRIDGE
        : table.liobn == window.liobn();
  }
}
