package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * Lists of indirect puts that one recording leaves out and another tells, value by value, or by the
 * guest's function that maps consecutive pages: the host's record has their number and the last
 * entry, and both agree.
 */
final class Lists {
  private static final long PERMISSION = 3;

  /** Logarithm of the table's page size for each record whose list is known. */
  private final Map<Long, Integer> shifts = new HashMap<>();

  private final Map<Long, long[]> wholes = new HashMap<>();

  void tell(long ordinal, int shift) {
    shifts.put(ordinal, shift);
  }

  void tell(long ordinal, long[] list) {
    wholes.put(ordinal, list);
  }

  int size() {
    return shifts.size() + wholes.size();
  }

  /** Writes the whole list into an event that holds its last entry, if it is known. */
  void fill(Event event) {
    if (!event.has(Event.LIST_LAST_ONLY)) {
      return;
    }
    long[] whole = wholes.get(event.ordinal());
    Integer shift = shifts.get(event.ordinal());
    if (whole != null) {
      begin(event);
      for (long value : whole) {
        event.addToList(value);
      }
    } else if (shift != null) {
      begin(event);
      fill(event, shift);
    }
  }

  private static void begin(Event event) {
    event.is(event.kind(), event.name(), event.fields() & ~Event.LIST_LAST_ONLY).beginList();
  }

  private static void fill(Event event, int shift) {
    long last = event.tce();
    for (long left = event.pages() - 1; left >= 0; left--) {
      event.addToList((last & ~PERMISSION) - (left << shift) | (last & PERMISSION));
    }
  }
}
