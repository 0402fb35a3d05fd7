package io.tcescope.traces.format;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Where some of a recording's events stand, so that a reader need not begin at the front. */
public final class Places {
  private static final long INTERVAL = 1 << 16;

  private final ConcurrentSkipListMap<Long, Long> offsets = new ConcurrentSkipListMap<>();

  /** An event and where it begins; most are not worth remembering. */
  public void note(long ordinal, long offset) {
    if ((ordinal & (INTERVAL - 1)) == 0) {
      offsets.putIfAbsent(ordinal, offset);
    }
  }

  /** Remembers a place for good. */
  public void remember(long ordinal, long offset) {
    offsets.put(ordinal, offset);
  }

  /**
   * The last known event at or before one, and where it begins; the first event if none is known.
   */
  public Map.Entry<Long, Long> before(long ordinal, long firstOffset) {
    Map.Entry<Long, Long> known = offsets.floorEntry(ordinal);
    return known == null ? Map.entry(1L, firstOffset) : known;
  }
}
