package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/** Which bus addresses an event concerns that begins at one; a page shift of 0 is not known. */
final class Reach {
  private static final long SPACE_END = -1;

  private Reach() {}

  /**
   * A call on an entry concerns its whole page, also if it names an address in the middle of it.
   */
  static long first(Event event, long start, int pageShift) {
    boolean whole = !hasBytes(event) && pageShift != 0 && event.kind() != EventKind.DMA;
    return whole ? start >>> pageShift << pageShift : start;
  }

  /** The last address; a page reaches to its end. */
  static long last(Event event, long start, long pages, int pageShift) {
    if (hasBytes(event)) {
      return above(start, event.size() - 1);
    }
    if (pageShift == 0 || event.kind() == EventKind.DMA) {
      return start;
    }
    long count = Math.max(1, pages);
    boolean fits = Long.compareUnsigned(count, SPACE_END >>> pageShift) <= 0;
    long first = first(event, start, pageShift);
    return fits ? above(first, (count << pageShift) - 1) : SPACE_END;
  }

  private static boolean hasBytes(Event event) {
    return event.has(Event.SIZE) && event.size() != 0;
  }

  /** The sum, or the last address there is if it is beyond. */
  private static long above(long address, long bytes) {
    long sum = address + bytes;
    return Long.compareUnsigned(sum, address) < 0 ? SPACE_END : sum;
  }
}
