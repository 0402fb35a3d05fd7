package io.tcescope.traces.parts;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind.Group;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;

/**
 * One of several files of a recorder, and what one reading of it shows. Times are in nanoseconds.
 *
 * @param events the ordinal of its last one
 * @param first the first time it tells, {@link Event#NO_TIME} if none
 * @param last the last time it tells, which a clock that was set may have made an early one
 * @param timed true if every call in it has a time
 */
record Part(Trace trace, long events, long first, long last, boolean timed) {
  /** Reads a file once. */
  static Part of(Trace trace) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    long events = 0;
    long first = Event.NO_TIME;
    long last = Event.NO_TIME;
    boolean timed = true;
    while (reader.next(event)) {
      events = event.ordinal();
      if (event.time() != Event.NO_TIME) {
        last = event.time();
        first = first == Event.NO_TIME ? last : first;
      } else {
        timed &= !isCall(event);
      }
    }
    return new Part(trace, events, first, last, timed && first != Event.NO_TIME);
  }

  /** Other records, such as a foreign line, stand where the record before them stands. */
  private static boolean isCall(Event event) {
    Group group = event.kind().group();
    return group == Group.TCE || group == Group.DDW;
  }

  /** True if it can be what comes next after another. */
  boolean follows(Part other) {
    return first >= other.last - Trace.JITTER;
  }

  String name() {
    return String.join(", ", trace.files());
  }
}
