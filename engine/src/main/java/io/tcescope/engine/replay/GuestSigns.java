package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Sweep;

/**
 * Collects what tells a Linux guest from others: only Linux's lists are known to rise by one page
 * an entry (RULES.md L1). Linux clears every window it takes over, before anything else (L2): 6.1
 * and later in ascending calls of 512 entries, which no other guest was seen to do, 5.10 at once.
 * Where a recording begins later, or with a machine that was migrated, a guest that makes only
 * calls that Linux could make, and enough of them, is taken for Linux too.
 */
final class GuestSigns {
  private static final long CHUNK = 512;

  /** Whoever clears fewer may clear a small window. */
  private static final long ENOUGH_CLEARED = 8 * CHUNK;

  private static final int ENOUGH_CALLS = 256;

  private boolean started;
  private boolean loaded;
  private boolean swept;
  private boolean cleared;
  private boolean contradicted;
  private boolean odd;
  private long calls;

  void note(Event event, Change change, IommuState state) {
    if (event.has(Event.WITNESS)) {
      return; // another recorder's words for a call that was counted already
    }
    int signals = change.signals();
    if ((signals & Signal.RECORD) != 0) {
      boot(event, state);
    }
    if ((signals & (Signal.SWEEPING | Signal.INFERENCE_CONTRADICTED)) != 0) {
      contradicted |= (signals & Signal.INFERENCE_CONTRADICTED) != 0;
      if ((signals & Signal.SWEEPING) != 0) {
        sweeping(change.window().sweep());
      }
    }
    if (!odd && event.kind().isTceCall()) {
      calls++;
      odd = isOdd(event, signals);
    }
  }

  /** A machine that the emulator starts boots; one that is loaded has done so out of sight. */
  private void boot(Event event, IommuState state) {
    loaded |= event.kind() == EventKind.POST_LOAD;
    started |= event.kind() == EventKind.NEW_TABLE && state.isFromStart();
  }

  private void sweeping(Sweep sweep) {
    boolean enough = sweep.cleared() >= ENOUGH_CLEARED;
    cleared |= enough;
    swept |= enough && sweep.isComplete() && sweep.cleared() == sweep.calls() * CHUNK;
  }

  /** A call that no Linux kernel makes in normal operation. */
  private static boolean isOdd(Event event, int signals) {
    int permission = Tce.permission(event.tce());
    boolean oddValue = event.tce() != 0 && (permission == 0 || permission == Tce.WRITE);
    boolean oddStuff = event.kind() == EventKind.H_STUFF_TCE && event.tce() != 0;
    boolean refused = (signals & (Signal.OUT_OF_WINDOW | Signal.UNKNOWN_LIOBN)) != 0;
    return event.kind() == EventKind.H_GET_TCE || oddValue || oddStuff || refused;
  }

  /** True if a record disproved a value of a completed list. */
  boolean contradicted() {
    return contradicted;
  }

  /** True if the recording shows how the guest boots. */
  boolean bootShown() {
    return started && !loaded;
  }

  /** True if every call is one that Linux could make, and there are enough to tell. */
  boolean plain() {
    return !odd && calls >= ENOUGH_CALLS;
  }

  /** True if lists may be completed. */
  boolean likeLinux() {
    return !contradicted && (swept || (plain() && (cleared || !bootShown())));
  }
}
