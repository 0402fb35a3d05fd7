package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The default window came back empty under drivers that had mapped in it: no call fails, but what
 * they use is gone. Their frees and their devices' accesses are consequences, not faults of their
 * own. Stands before the checks that would take them for such.
 */
final class LostMappings implements Check {
  private static final int WATCHED =
      Signal.CLEARED_UNMAPPED
          | Signal.WAS_UNKNOWN
          | Signal.MAPPED
          | Signal.REMAPPED
          | Signal.REWRITTEN
          | Signal.FAULT
          | Signal.CLOSED;

  /** Of one call's entries: more than any default window has. */
  private static final long MOST_FOLLOWED = 1 << 20;

  /** A window restored, and what its predecessor held when it went. */
  private static final class Restore {
    final DmaWindow lost;
    final WindowHistory.Closing closing;
    final long restoredBy;

    /** Entries that were lost and have been freed or mapped anew since. */
    final Set<Long> settled = new HashSet<>();

    long freed;
    @Nullable Draft draft;

    /** The devices' accesses to what was lost: one finding, whatever their number. */
    @Nullable Draft accesses;

    Restore(DmaWindow lost, WindowHistory.Closing closing, long restoredBy) {
      this.lost = lost;
      this.closing = closing;
      this.restoredBy = restoredBy;
    }

    boolean isReset() {
      return closing.cause() == Change.Cause.RESET;
    }

    boolean holds(long index) {
      return lost.isLive(index) && !settled.contains(index);
    }

    /** True if what the entry held then is not known. */
    boolean mayHold(long index) {
      return lost.contains(index) && Mark.isUnknown(lost.mark(index)) && !settled.contains(index);
    }
  }

  private final WindowHistory history;
  private final Map<DmaWindow, Restore> restores = new HashMap<>();

  LostMappings(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.OPENED | (restores.isEmpty() ? 0 : WATCHED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.OPENED | Signal.CLOSED)) {
      change.closed().forEach(window -> closed(window, findings));
      change.opened().forEach(window -> opened(event, change.cause(), window));
      return;
    }
    Restore restore = restores.get(change.window());
    if (restore == null) {
      return;
    }
    if (change.has(Signal.FAULT)) {
      accessed(event, change, restore, findings);
    } else if (event.kind() == EventKind.H_PUT_TCE
        || event.kind() == EventKind.H_STUFF_TCE
        || event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
      written(event, change, restore, findings);
    }
  }

  private void closed(DmaWindow window, Findings findings) {
    Restore restore = restores.remove(window);
    if (restore != null) {
      finish(window, restore, findings);
    }
  }

  private void opened(Event event, Change.Cause cause, DmaWindow window) {
    boolean restored = cause == Change.Cause.RESET || cause == Change.Cause.AUTO_RESTORE;
    if (!restored || window.role() != Role.DEFAULT) {
      return;
    }
    history
        .closing(window.liobn())
        .filter(closing -> closing.window().role() == Role.DEFAULT)
        .filter(closing -> holdsAny(closing.window().inUse()))
        .filter(closing -> closing.cause() == Change.Cause.REMOVE || isReset(closing, event))
        .ifPresent(
            closing ->
                restores.put(
                    window, new Restore(closing.window().inUse(), closing, event.ordinal())));
  }

  private static boolean holdsAny(DmaWindow lost) {
    return lost.mapped() + lost.unknown() > 0;
  }

  private static boolean isReset(WindowHistory.Closing closing, Event event) {
    return closing.cause() == Change.Cause.RESET && closing.ordinal() == event.ordinal();
  }

  /** A look-up of an entry that nobody has written since the restore. */
  private static void accessed(Event event, Change change, Restore restore, Findings findings) {
    long index = change.lookedUp();
    long writer = Mark.writer(change.window().mark(index));
    boolean untouched = writer <= restore.restoredBy || writer == event.ordinal();
    if (restore.holds(index) && untouched) {
      long ioba =
          event.has(Event.IOBA_IS_RELATIVE) ? change.window().start() + event.ioba() : event.ioba();
      hit(event, change.window(), index, ioba, "accesses", restore, findings);
      if (!restore.isReset()) {
        countAccess(event, change.window(), ioba, restore, findings);
      }
    }
  }

  private static void countAccess(
      Event event, DmaWindow window, long ioba, Restore restore, Findings findings) {
    Draft draft = restore.accesses;
    if (draft == null) {
      draft =
          findings
              .report(Rule.DMA_TO_UNMAPPED, event.ordinal())
              .window(window)
              .ioba(ioba)
              .data("operations", 0L)
              .data("class", "lost by a restore")
              .data("removedBy", restore.closing.ordinal())
              .message(
                  "A device accessed {ioba} in {liobn}, which was mapped before the window was"
                      + " taken away and given back empty")
              .evidence(restore.closing.ordinal(), "took the window away")
              .evidence(restore.restoredBy, "gave it back without its entries")
              .evidence(event.ordinal(), "is a device's access");
      restore.accesses = draft;
    }
    draft.count("operations", 1).data("lastEvent", event.ordinal());
  }

  private static void written(Event event, Change change, Restore restore, Findings findings) {
    long firstHit = -1;
    long end = change.first() + Math.min(change.pages(), MOST_FOLLOWED);
    for (long index = change.first(); index < end; index++) {
      if (restore.holds(index)) {
        restore.settled.add(index);
        boolean free = change.window().isKnownClear(index);
        if (free) {
          restore.freed++;
          firstHit = firstHit < 0 ? index : firstHit;
        }
      } else if (restore.mayHold(index)) {
        restore.settled.add(index);
        findings.explain(); // it may free what was lost
      }
    }
    if (firstHit >= 0) {
      long ioba = change.window().iobaOf(firstHit);
      hit(event, change.window(), firstHit, ioba, "frees", restore, findings);
    }
  }

  /** Counts a use; what a reset in use explains is told by that finding. */
  private static void hit(
      Event event,
      DmaWindow window,
      long index,
      long ioba,
      String kind,
      Restore restore,
      Findings findings) {
    findings.explain();
    if (restore.isReset()) {
      return;
    }
    Draft draft = restore.draft;
    if (draft == null) {
      long writer = Mark.writer(restore.lost.mark(index));
      draft =
          report(findings, event.ordinal(), window, restore)
              .ioba(ioba)
              .address("firstIoba", ioba)
              .data("mappedBy", writer)
              .data("hits", 0L)
              .data("accesses", 0L)
              .data("frees", 0L)
              .message(
                  "Default window {liobn} came back empty; {hits} later {hits:use|uses} of the {lost}"
                      + " {lost:mapping|mappings} lost, first at {firstIoba}")
              .evidence(writer, "mapped the address that is used first")
              .evidence(restore.closing.ordinal(), "took the window away")
              .evidence(restore.restoredBy, "gave it back without its entries")
              .evidence(event.ordinal(), "is the first use of a lost mapping");
      restore.draft = draft;
    }
    draft.count("hits", 1).count(kind, 1).data("lastHit", event.ordinal());
  }

  private static Draft report(Findings findings, long ordinal, DmaWindow window, Restore restore) {
    return findings
        .report(Rule.MAPPINGS_LOST_BY_DEFAULT_RESTORE, ordinal)
        .atMost(restore.lost.openedBy() == 0 ? Confidence.INFERRED : Confidence.CERTAIN)
        .window(window)
        .data("lost", restore.lost.mapped())
        .data("removedBy", restore.closing.ordinal())
        .data("restoredBy", restore.restoredBy);
  }

  /** Nothing that was lost was seen in use: the loss itself is proof enough for a warning. */
  private static void finish(DmaWindow window, Restore restore, Findings findings) {
    if (restore.isReset()) {
      return;
    }
    Draft draft = restore.draft;
    if (draft == null && restore.lost.mapped() == 0) {
      return;
    }
    if (draft == null) {
      draft =
          report(findings, restore.restoredBy, window, restore)
              .severity(Severity.WARNING)
              .message(
                  "Default window {liobn} came back empty; {lost} {lost:mapping is|mappings are} lost")
              .evidence(restore.closing.ordinal(), "took the window away")
              .evidence(restore.restoredBy, "gave it back without its entries");
    }
    draft.data("neverFreed", restore.lost.mapped() - restore.freed);
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    restores.forEach((window, restore) -> finish(window, restore, findings));
  }
}
