package io.tcescope.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the clearing of a whole window: stuff calls of zeros that ascend from its start
 * without a gap and without any other call in between, or as many puts of zero ({@code
 * multitce=off}). Linux does so when it sets a window up (boot, dynamic window) and before it takes
 * one of its own down.
 */
public final class Sweep {
  /** Linux sweeps in chunks of 512; a shorter first clear is a driver's. */
  private static final long CHUNK = 512;

  private long next;
  private int calls;
  private int completed;
  private long firstEvent;
  private long lastEvent;
  private boolean complete;
  private @Nullable DmaWindow before;

  Sweep copy() {
    Sweep copy = new Sweep();
    copy.next = next;
    copy.calls = calls;
    copy.completed = completed;
    copy.firstEvent = firstEvent;
    copy.lastEvent = lastEvent;
    copy.complete = complete;
    copy.before = before;
    return copy;
  }

  /** Any other call on the window: what went before was no sweep, or is over. */
  void interrupt() {
    if (calls != 0) {
      next = 0;
      calls = 0;
      complete = false;
      before = null;
    }
  }

  /**
   * A clear of count entries from first on, before it is applied. Says which signals it deserves.
   */
  int advance(DmaWindow window, long first, long count, long event) {
    return advance(window, first, count, event, count >= Math.min(CHUNK, window.entries()));
  }

  /**
   * A put of zero by Linux, before it is applied: it never hands bus address 0 out (RULES.md L5),
   * so that who clears that is no driver, unless somebody mapped it all the same.
   */
  int advanceByPut(DmaWindow window, long index, long event) {
    boolean mayBegin = index == 0 && window.start() == 0 && !window.isLive(0);
    return advance(window, index, 1, event, mayBegin);
  }

  private int advance(DmaWindow window, long first, long count, long event, boolean mayBegin) {
    if (complete || first != next || calls == 0) {
      interrupt();
      if (first != 0 || !mayBegin) {
        return 0;
      }
      firstEvent = event;
      before = window.copy();
    }
    calls++;
    lastEvent = event;
    next = first + count;
    complete = next == window.entries();
    completed += complete ? 1 : 0;
    return complete ? Signal.SWEEPING | Signal.SWEPT : Signal.SWEEPING;
  }

  /** True if the clears reached the window's end and nothing happened since. */
  public boolean isComplete() {
    return complete;
  }

  public int calls() {
    return calls;
  }

  /** How often the window was cleared as a whole. */
  int timesCompleted() {
    return completed;
  }

  /** Entries cleared so far, from the window's start on. */
  public long cleared() {
    return next;
  }

  /** Ordinal of the first clear. */
  public long firstEvent() {
    return firstEvent;
  }

  /** Ordinal of the last clear. */
  public long lastEvent() {
    return lastEvent;
  }

  /** The window as it was before the first clear; only for a sweep that runs or is complete. */
  public DmaWindow before() {
    return before == null ? DmaWindow.NONE : before;
  }
}
