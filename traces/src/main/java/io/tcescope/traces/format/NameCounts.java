package io.tcescope.traces.format;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import java.util.Arrays;

/** How many records of each name were read, and how many of them tell of a failure. */
public final class NameCounts {
  private static final int FIRST_SLOTS = 64;

  private String[] names = emptyNames(FIRST_SLOTS);
  private long[] counts = new long[FIRST_SLOTS];
  private long[] failures = new long[FIRST_SLOTS];
  private int used;

  private static String[] emptyNames(int slots) {
    String[] names = new String[slots];
    Arrays.fill(names, "");
    return names;
  }

  /** Counts a record by its name. */
  public void count(Event event) {
    count(event.name(), event);
  }

  /** Counts a record by another name. */
  public void count(String name, Event event) {
    int slot = slotOf(name);
    counts[slot]++;
    if (event.status() != 0 && event.has(Event.STATUS)) {
      failures[slot]++;
    }
  }

  private int slotOf(String name) {
    int mask = names.length - 1;
    int slot = name.hashCode() & mask;
    while (!isAt(slot, name)) {
      if (names[slot].isEmpty()) {
        return newSlot(name, slot);
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Readers hand over the same string for a name again and again. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isAt(int slot, String name) {
    String there = names[slot];
    return there == name || there.equals(name);
  }

  private int newSlot(String name, int slot) {
    if (2 * (used + 1) > names.length) {
      grow();
      return slotOf(name);
    }
    used++;
    names[slot] = name;
    return slot;
  }

  private void grow() {
    String[] oldNames = names;
    long[] oldCounts = counts;
    long[] oldFailures = failures;
    names = emptyNames(2 * oldNames.length);
    counts = new long[names.length];
    failures = new long[names.length];
    used = 0;
    for (int old = 0; old < oldNames.length; old++) {
      if (!oldNames[old].isEmpty()) {
        int slot = slotOf(oldNames[old]);
        counts[slot] = oldCounts[old];
        failures[slot] = oldFailures[old];
      }
    }
  }

  /** Tells all counts; may be called again when there is more. */
  public void reportTo(TraceHealth health) {
    for (int slot = 0; slot < names.length; slot++) {
      if (counts[slot] > 0) {
        health.records(names[slot], counts[slot], failures[slot]);
      }
    }
  }
}
