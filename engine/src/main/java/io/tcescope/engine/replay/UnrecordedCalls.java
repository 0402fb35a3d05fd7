package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds the kinds of TCE calls that a guest evidently made and the recorder was not told to write.
 * No call of that kind is in the recording, and the others make no sense without them: an operating
 * system boots and maps, but never clears; Linux clears again and again what nobody has mapped.
 */
final class UnrecordedCalls {
  private static final int ENOUGH_MAPS = 256;
  private static final int ENOUGH_IN_VAIN = 16;

  /** The kinds that may be missing. */
  private static final Set<EventKind> ASKED_FOR =
      EnumSet.of(EventKind.H_STUFF_TCE, EventKind.H_PUT_TCE, EventKind.H_PUT_TCE_INDIRECT);

  private final Set<EventKind> seen = EnumSet.noneOf(EventKind.class);
  private boolean allSeen;
  private long maps;
  private long zeroPuts;
  private boolean interrupts;

  /** Clears of one entry, and of more, where nothing was known to be mapped. */
  private final long[] inVain = new long[2];

  /** True if no kind is missing: what follows need not be noted any more. */
  boolean areAllSeen() {
    return allSeen;
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
    allSeen |= seen.add(kind) && seen.containsAll(ASKED_FOR);
    if (kind == EventKind.H_STUFF_TCE) {
      clear(event, change);
    } else if (kind != EventKind.H_GET_TCE) {
      boolean map = Tce.isMapped(event.tce());
      maps += map ? 1 : 0;
      zeroPuts += map ? 0 : 1;
    }
  }

  private void clear(Event event, Change change) {
    if (change.has(Signal.SWEEPING)) {
      return;
    }
    boolean known = change.has(Signal.CLEARED);
    if (!known && change.has(Signal.CLEARED_UNMAPPED | Signal.WAS_UNKNOWN)) {
      inVain[event.pages() == 1 ? 0 : 1]++;
    }
  }

  /** The kinds that are missing; none where the recording does not show how the guest boots. */
  Set<EventKind> kinds(GuestSigns guest, IommuState state) {
    Set<EventKind> missing = EnumSet.noneOf(EventKind.class);
    if (guest.bootShown()) {
      boolean system = interrupts || state.sawQuiesce();
      boolean fills = maps >= ENOUGH_MAPS && zeroPuts < maps / 2;
      boolean linux = guest.likeLinux();
      add(missing, EventKind.H_STUFF_TCE, guest.plain() && system && fills);
      add(missing, EventKind.H_PUT_TCE, linux && inVain[0] >= ENOUGH_IN_VAIN);
      add(missing, EventKind.H_PUT_TCE_INDIRECT, linux && inVain[1] >= ENOUGH_IN_VAIN);
    }
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
