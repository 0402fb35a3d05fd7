package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;

/** Place and size of a window: start in bytes, entries of {@code 1 << pageShift} bytes each. */
record Extent(long start, int pageShift, long entries) {
  /** No window has more than a 64-bit bus has 4K pages, whatever a record says. */
  private static final long MOST_ENTRIES = 1L << 52;

  /** Where nothing is known, entries are kept by 4K page of the whole 64-bit bus. */
  static final Extent UNKNOWN = new Extent(0, 12, MOST_ENTRIES);

  /** A bridge's window at boot, where no property makes it another: the first GiB in 4K pages. */
  static final Extent DEFAULT = new Extent(0, 12, 1L << 18);

  Extent {
    entries = Long.compareUnsigned(entries, MOST_ENTRIES) > 0 ? MOST_ENTRIES : entries;
  }

  /** The place and size that an event states. */
  static Extent of(Event event) {
    return new Extent(event.start(), event.pageShift(), event.entries());
  }
}
