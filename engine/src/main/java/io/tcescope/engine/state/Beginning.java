package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/**
 * Whether a recording shows the machine from its start, as what comes before its first call tells:
 * QEMU allocates every table there, that of the bridge among them which every machine has, and a
 * complete account declares its windows.
 */
final class Beginning {
  /** The bridge that every machine has, and the table of its default window. */
  private static final long FIRST_BRIDGE = Numbering.buidOfBridge(0);

  private static final long FIRST_TABLE = Numbering.defaultLiobn(FIRST_BRIDGE);

  private final Windows windows;
  private int firstTables;
  private boolean virtualTable;
  private boolean over;

  Beginning(Windows windows) {
    this.windows = windows;
  }

  void copyFrom(Beginning other) {
    firstTables = other.firstTables;
    virtualTable = other.virtualTable;
    over = other.over;
  }

  /** True if it is decided. */
  boolean isOver() {
    return over;
  }

  /** The next record, before it is applied. */
  void note(Event event) {
    EventKind.Group group = event.kind().group();
    boolean ofTables =
        switch (group) {
          case TABLE, TCE, DDW, DEVICE -> true;
          case GUEST, PLATFORM, RECORD -> false;
        };
    boolean plugged = windows.fromStart && group == EventKind.Group.DEVICE;
    if (event.kind() == EventKind.NEW_TABLE) {
      windows.fromStart = true; // for now
      firstTables += event.liobn() == FIRST_TABLE ? 1 : 0;
      virtualTable |= !Numbering.isPci(event.liobn());
    } else if (ofTables && !plugged) {
      over = true;
      boolean declared = event.kind() == EventKind.WINDOW;
      windows.fromStart = declared || firstTables > (makesFirstTable(event) ? 1 : 0);
      windows.virtualFromStart = declared || (windows.fromStart && virtualTable);
    }
  }

  /** True for a call of the guest for which that table was allocated just before it. */
  private static boolean makesFirstTable(Event event) {
    return switch (event.kind()) {
      case CREATE_PE_DMA_WINDOW -> event.has(Event.LIOBN) && event.liobn() == FIRST_TABLE;
      case RESET_PE_DMA_WINDOW -> event.has(Event.BUID) && event.buid() == FIRST_BRIDGE;
      default -> false;
    };
  }
}
