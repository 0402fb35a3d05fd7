package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;

/** Which events a case keeps whole, so that it can show them without their recording. */
final class Keeping {
  /** Rare events beyond these, or this part of all events, are no longer rare. */
  private static final long MOST = 100_000;

  private static final long MOST_PART = 50;

  private Keeping() {}

  /** What decides the fate of windows and devices is kept however much there is of it. */
  static boolean isAlwaysKept(EventKind kind) {
    return switch (kind.group()) {
      case DDW, TABLE -> true;
      case GUEST -> kind == EventKind.ALLOC_FAILED;
      case RECORD -> kind == EventKind.LOST;
      case PLATFORM -> isMachine(kind);
      case TCE, DEVICE -> false;
    };
  }

  private static boolean isMachine(EventKind kind) {
    return switch (kind) {
      case EEH, UNPLUG, MACHINE_RESET, QUIESCE, MEMORY_ADDED, MEMORY_REMOVED, PLATFORM -> true;
      default -> false;
    };
  }

  /** What is kept as long as it is rare: log lines, hot-plug, failed calls. */
  static boolean isKeptIfRare(EventKind kind, boolean failed) {
    return failed
        || isAlwaysKept(kind)
        || kind == EventKind.LOG
        || (kind.group() == EventKind.Group.PLATFORM && kind != EventKind.INTERRUPT);
  }

  /** True if the events of a shape are kept by a chapter that keeps rare ones, or only the rest. */
  static boolean isKept(Shape shape, boolean keepsRare) {
    boolean failed =
        (shape.fields() & Event.STATUS) != 0 && shape.status() != HcallStatus.H_SUCCESS;
    return keepsRare ? isKeptIfRare(shape.kind(), failed) : isAlwaysKept(shape.kind());
  }

  /** True if there is room for more rare events after that many, at that place of the run. */
  static boolean hasRoom(long kept, long event) {
    return kept < MOST + event / MOST_PART;
  }
}
