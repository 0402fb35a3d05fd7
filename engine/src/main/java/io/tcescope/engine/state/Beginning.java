package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/**
 * Whether a recording shows the machine from its start, as what comes before its first call tells:
 * QEMU allocates every table there, that of the bridge among them which every machine has, and a
 * complete account declares its windows.
 */
final class Beginning {
  /** The table that every machine has. */
  private static final long FIRST_TABLE = Numbering.defaultLiobn(Numbering.buidOfBridge(0));

  private final Windows windows;
  private boolean firstTable;
  private boolean over;

  Beginning(Windows windows) {
    this.windows = windows;
  }

  void copyFrom(Beginning other) {
    firstTable = other.firstTable;
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
      firstTable |= event.liobn() == FIRST_TABLE;
    } else if (ofTables && !plugged) {
      over = true;
      windows.fromStart = firstTable || event.kind() == EventKind.WINDOW;
    }
  }
}
