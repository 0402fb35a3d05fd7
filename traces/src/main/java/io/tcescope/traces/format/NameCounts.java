package io.tcescope.traces.format;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import java.util.Arrays;

/** How many records of each name were read, and how many of them tell of a failure. */
public final class NameCounts {
  private static final int SLOTS = 1024;

  private final String[] names = new String[SLOTS];
  private final long[] counts = new long[SLOTS];
  private final long[] failures = new long[SLOTS];

  public NameCounts() {
    Arrays.fill(names, "");
  }

  public void count(Event event) {
    int slot = slotOf(event.name());
    counts[slot]++;
    if (event.status() != 0 && event.has(Event.STATUS)) {
      failures[slot]++;
    }
  }

  private int slotOf(String name) {
    int slot = name.hashCode() & (SLOTS - 1);
    while (!names[slot].equals(name)) {
      if (names[slot].isEmpty()) {
        names[slot] = name;
        return slot;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /** Tells all counts; may be called again when there is more. */
  public void reportTo(TraceHealth health) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        health.records(names[slot], counts[slot], failures[slot]);
      }
    }
  }
}
