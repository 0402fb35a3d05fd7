package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;

/** What a record told of a window: logarithm of its page size, where it begins, whose it is. */
record Shape(int shift, long start, long buid) {
  /** Of a window at boot, which no record tells; no bridge has BUID 0. */
  static final Shape DEFAULT = new Shape(12, 0, 0);

  static Shape of(Event event) {
    return new Shape(
        Math.toIntExact(event.pageShift()),
        event.has(Event.START) ? event.start() : 0,
        event.has(Event.BUID) ? event.buid() : 0);
  }

  boolean isOf(long bridge) {
    return buid == bridge;
  }
}
