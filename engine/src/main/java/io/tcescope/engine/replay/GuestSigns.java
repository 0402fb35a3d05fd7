package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.Signal;

/**
 * Collects what tells a Linux guest from others: only Linux's lists are known to rise by one page
 * an entry (qemu-recordings.md rule 4). Linux clears every window it takes over in ascending calls
 * of 512 entries; no other guest was seen to. Where a recording begins later, a guest that makes
 * only calls that Linux could make, and enough of them, is taken for Linux too.
 */
final class GuestSigns {
  /** A sweep of fewer calls may be somebody clearing a small window. */
  private static final int SWEEP_CALLS = 8;

  private static final int ENOUGH_CALLS = 256;
  private static final long CHUNK = 512;

  private boolean swept;
  private boolean contradicted;
  private boolean odd;
  private long calls;

  void note(Event event, Change change) {
    if (event.has(Event.WITNESS)) {
      return; // another recorder's words for a call that was counted already
    }
    int signals = change.signals();
    if ((signals & (Signal.SWEPT | Signal.INFERENCE_CONTRADICTED)) != 0) {
      contradicted |= (signals & Signal.INFERENCE_CONTRADICTED) != 0;
      swept |= (signals & Signal.SWEPT) != 0 && isLinuxSweep(change);
    }
    if (!odd && event.kind().isTceCall()) {
      calls++;
      odd = isOdd(event, signals);
    }
  }

  private static boolean isLinuxSweep(Change change) {
    int sweepCalls = change.window().sweep().calls();
    return sweepCalls >= SWEEP_CALLS && sweepCalls == change.window().entries() / CHUNK;
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

  /** True if lists may be completed. */
  boolean likeLinux() {
    return !contradicted && (swept || (!odd && calls >= ENOUGH_CALLS));
  }
}
