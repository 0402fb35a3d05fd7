package io.tcescope.traces.format;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where some of a recording's events stand, so that a reader need not begin at the front. Readers
 * add them as they pass; any thread may use them.
 */
public final class Waypoints {
  /** Events between two places at first: few to pass, and no reader notices the bookkeeping. */
  private static final int FIRST_INTERVAL = 32;

  /** So many places are 8 MiB; a longer recording keeps every second one. */
  private static final int MOST = 1 << 20;

  /** An event, and the byte offset at which it begins. */
  public record Place(long ordinal, long offset) {}

  private final int most;

  /** Places told from outside, apart from the regular ones. */
  private final ConcurrentSkipListMap<Long, Long> remembered = new ConcurrentSkipListMap<>();

  /** Entry k is the offset of event (k + 1) * interval; there are no gaps. */
  private long[] offsets = new long[64];

  private int known;

  /** Grows by doubling. A reader that sees an old value only asks in vain, under the lock. */
  private int interval = FIRST_INTERVAL;

  public Waypoints() {
    this(MOST);
  }

  Waypoints(int most) {
    this.most = most;
  }

  /** An event and where it begins; most are not worth remembering. */
  public void note(long ordinal, long offset) {
    if ((ordinal & (interval - 1)) == 0) {
      add(ordinal, offset);
    }
  }

  private synchronized void add(long ordinal, long offset) {
    if (ordinal != (known + 1L) * interval) {
      return; // known already, or behind a stretch that no reader has passed
    }
    if (known == most) {
      thin();
      return;
    }
    if (known == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * known);
    }
    offsets[known++] = offset;
  }

  private void thin() {
    for (int i = 1; i < known; i += 2) {
      offsets[i >> 1] = offsets[i];
    }
    known >>= 1;
    interval *= 2;
  }

  /** Remembers a place for good. */
  public void remember(long ordinal, long offset) {
    remembered.put(ordinal, offset);
  }

  /** The last known event at or before one; the first event if none is known. */
  public Place before(long ordinal, long firstOffset) {
    Place noted = noted(ordinal, firstOffset);
    Map.Entry<Long, Long> told = remembered.floorEntry(ordinal);
    return told == null || told.getKey() <= noted.ordinal()
        ? noted
        : new Place(told.getKey(), told.getValue());
  }

  private synchronized Place noted(long ordinal, long firstOffset) {
    int index = (int) Math.min(known, ordinal / interval) - 1;
    return index < 0
        ? new Place(1, firstOffset)
        : new Place((index + 1L) * interval, offsets[index]);
  }
}
