package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the main recording tells itself of the tables, so that a record beside it changes nothing;
 * and what nobody saw, so that a window opened then may hold anything by now.
 */
final class Coverage {
  private static final Set<EventKind> WRITES =
      EnumSet.of(EventKind.H_PUT_TCE, EventKind.H_PUT_TCE_INDIRECT, EventKind.H_STUFF_TCE);

  /** Records other than calls and tables that the state depends on. */
  private static final Set<EventKind> TELLING =
      EnumSet.of(
          EventKind.DMA,
          EventKind.DRC_ATTACH,
          EventKind.DRC_UNREALIZE,
          EventKind.VIO_FREE_CRQ,
          EventKind.UNPLUG,
          EventKind.MACHINE_RESET,
          EventKind.QUIESCE,
          EventKind.LOST);

  private final Survey main;
  private final boolean mainIsHypervisor;
  private final boolean isHypervisor;

  /** The recording beside the main one tells what is written to tables. */
  private final boolean seesWrites;

  private final boolean tellsNothingMore;

  Coverage(SourceKind mainKind, Survey main, SourceKind kind, Survey survey) {
    this.main = main;
    mainIsHypervisor = mainKind.isQemu();
    isHypervisor = kind.isQemu();
    seesWrites = kind.tellsTables() && survey.kinds.stream().anyMatch(WRITES::contains);
    tellsNothingMore = mainIsHypervisor || main.kinds.containsAll(survey.kinds);
  }

  /**
   * True if records may change tables although they share no call with the main recording: two
   * recordings of a guest read its clock, and who holds no call at all contradicts none.
   */
  boolean believes(boolean oneClock) {
    return main.kinds.isEmpty() || (oneClock && !mainIsHypervisor);
  }

  /**
   * Makes the record a witness, or says that its window's entries went unseen.
   *
   * @param placed false if nobody knows when the record was written
   * @param within true if the main recording was running then
   */
  void annotate(Event event, boolean placed, boolean within) {
    if (!changesTables(event) || event.has(Event.WITNESS)) {
      return;
    }
    if (!placed || isToldByMain(event, within)) {
      event.holding(Event.WITNESS);
    } else if (!within && !seesWrites) {
      event.holding(Event.WRITES_UNSEEN);
    }
  }

  /**
   * Two recorders of one hypervisor write the same events, and it knows its tables best; what a
   * guest's tracer loses is its own.
   */
  private boolean isToldByMain(Event event, boolean within) {
    if (event.kind() == EventKind.LOST) {
      return tellsNothingMore;
    }
    boolean isTable = mainIsHypervisor && event.kind().group() == EventKind.Group.TABLE;
    return within && (isHypervisor || isTable);
  }

  private static boolean changesTables(Event event) {
    return switch (event.kind().group()) {
      case TCE, DDW, TABLE -> true;
      case DEVICE, PLATFORM, RECORD -> TELLING.contains(event.kind());
      case GUEST -> false;
    };
  }
}
