package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds the kinds of TCE calls that a guest evidently made and the recorder was not told to write.
 * No call of that kind is in the recording, and the others make no sense without them: an operating
 * system boots and maps, but never clears, or maps again and again over what is mapped; Linux
 * clears again and again what nobody has mapped.
 */
final class UnrecordedCalls {
  private static final int ENOUGH_MAPS = 256;
  private static final int ENOUGH_IN_VAIN = 16;
  private static final int ENOUGH_OVERWRITES = 16;

  /** The kinds that may be missing. */
  private static final Set<EventKind> ASKED_FOR =
      EnumSet.of(EventKind.H_STUFF_TCE, EventKind.H_PUT_TCE, EventKind.H_PUT_TCE_INDIRECT);

  private final Set<EventKind> seen = EnumSet.noneOf(EventKind.class);
  private boolean allSeen;
  private long maps;
  private long zeroPuts;
  private long overwrites;
  private boolean interrupts;

  /** Clears of one entry, and of more, where nothing was known to be mapped. */
  private final long[] inVain = new long[2];

  /** Those of them where all was known to be clear. */
  private final long[] clearedAgain = new long[2];

  /** True if no kind is missing: what follows need not be noted any more. */
  boolean areAllSeen() {
    return allSeen;
  }

  /** True if each kind is in the recording, which is read no farther than it takes to know. */
  static boolean areNone(Trace trace, ReplayOptions options) {
    UnrecordedCalls calls = new UnrecordedCalls();
    return !EventStream.onThisThread(
        trace.read(1), event -> !calls.completedBy(event), options.progress());
  }

  /** True from the event on with which all kinds have been seen. */
  private boolean completedBy(Event event) {
    if (event.kind().isTceCall() && !event.has(Event.WITNESS)) {
      see(event.kind());
    }
    return allSeen;
  }

  private void see(EventKind kind) {
    allSeen |= seen.add(kind) && seen.containsAll(ASKED_FOR);
  }

  void note(Event event, Change change) {
    EventKind kind = event.kind();
    if (kind.isTceCall()) {
      if (!event.has(Event.WITNESS)) {
        call(event, kind, change);
      }
    } else {
      interrupts |= kind == EventKind.INTERRUPT;
    }
  }

  private void call(Event event, EventKind kind, Change change) {
    see(kind);
    if (kind == EventKind.H_STUFF_TCE) {
      clear(event, change);
    } else if (kind != EventKind.H_GET_TCE) {
      boolean map = Tce.isMapped(event.tce());
      maps += map ? 1 : 0;
      zeroPuts += map ? 0 : 1;
      overwrites += change.has(Signal.REMAPPED) ? 1 : 0;
    }
  }

  private void clear(Event event, Change change) {
    if (change.has(Signal.SWEEPING)) {
      return;
    }
    boolean known = change.has(Signal.CLEARED);
    if (!known && change.has(Signal.CLEARED_UNMAPPED | Signal.WAS_UNKNOWN)) {
      int size = event.pages() == 1 ? 0 : 1;
      inVain[size]++;
      clearedAgain[size] += change.has(Signal.WAS_UNKNOWN) ? 0 : 1;
    }
  }

  /**
   * The kinds that are missing. A recording that does not show how the guest boots must show that
   * it works, and that entries were written in between.
   */
  Set<EventKind> kinds(GuestSigns guest, IommuState state) {
    Set<EventKind> missing = EnumSet.noneOf(EventKind.class);
    if (!guest.bootShown() && !interrupts) {
      return missing; // nothing shows an operating system at work
    }
    boolean system = guest.bootShown() && (interrupts || state.sawQuiesce());
    boolean fills = maps >= ENOUGH_MAPS && zeroPuts < maps / 2;
    boolean again = system || overwrites >= ENOUGH_OVERWRITES;
    add(missing, EventKind.H_STUFF_TCE, guest.plain() && fills && again);
    boolean linux = guest.likeLinux() || guest.plain(); // look-ups disprove what is left out
    long[] vain = guest.bootShown() ? inVain : clearedAgain;
    add(missing, EventKind.H_PUT_TCE, linux && vain[0] >= ENOUGH_IN_VAIN);
    add(missing, EventKind.H_PUT_TCE_INDIRECT, linux && vain[1] >= ENOUGH_IN_VAIN);
    return missing;
  }

  private void add(Set<EventKind> missing, EventKind kind, boolean evident) {
    if (evident && !seen.contains(kind)) {
      missing.add(kind);
    }
  }

  /** Says so where everybody looks. */
  static void remark(Set<EventKind> missing, TraceHealth health) {
    for (EventKind kind : missing) {
      health.remark(
          "not one "
              + kind.call()
              + " is recorded, although the guest must have made such calls: what entries hold is"
              + " not known");
    }
  }
}
