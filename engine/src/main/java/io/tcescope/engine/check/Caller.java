package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;

/** Who made a call, as far as recorded: calls of one processor follow each other. */
record Caller(int cpu, long thread) {
  private static final Caller NOBODY = of(new Event().begin(1, 1));

  static Caller of(Event event) {
    return new Caller(event.cpu(), event.thread());
  }

  /** True if the recording names a processor or a thread. */
  boolean isKnown() {
    return !equals(NOBODY);
  }

  /** True unless the recording tells that somebody else made this call. */
  boolean mayHaveMade(Event event) {
    return cpu == event.cpu() && thread == event.thread();
  }
}
