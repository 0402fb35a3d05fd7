package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import java.util.Arrays;

/** How many records of each of QEMU's events were read, and how many of them tell of a failure. */
@SuppressWarnings("EnumOrdinal") // an EnumMap without its boxes
public final class EventCounts {
  private static final QemuEvent[] EVENTS = QemuEvent.values();

  private final long[] counts = new long[EVENTS.length];
  private final long[] failures = new long[EVENTS.length];

  /** Counts a record that was read as such an event. */
  public void count(QemuEvent name, Event event) {
    counts[name.ordinal()]++;
    if (event.status() != 0 && event.has(Event.STATUS)) {
      failures[name.ordinal()]++;
    }
  }

  /** How many records there were. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  /** Tells all counts; may be called again when there is more. */
  public void reportTo(TraceHealth health) {
    for (QemuEvent name : EVENTS) {
      if (counts[name.ordinal()] > 0) {
        health.records(name.recordedName(), counts[name.ordinal()], failures[name.ordinal()]);
      }
    }
  }
}
