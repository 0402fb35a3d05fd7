package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;

/** Who made a call, as far as recorded: calls of one processor follow each other. */
record Caller(int cpu, long thread) {
  static Caller of(Event event) {
    return new Caller(event.cpu(), event.thread());
  }

  /** True unless the recording tells that somebody else made this call. */
  boolean mayHaveMade(Event event) {
    return cpu == event.cpu() && thread == event.thread();
  }
}
