package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;

/**
 * How Linux's allocator divides a window: pools for small requests over three quarters of the
 * table, the rest for requests of more than 15 pages. The last entry of each is never handed out.
 */
public record Pools(int count, long poolSize, long entries) {
  /** A request of more pages is served from the pool for large ones only. */
  public static final long LARGEST_SMALL_REQUEST = 15;

  private static final long SMALL_WINDOW_BYTES = 1L << 30;
  private static final int POOLS = 4;

  /** The pools of a window whose place is known. */
  public static Pools of(DmaWindow window) {
    long bytes = window.entries() << window.pageShift();
    int count = Long.compareUnsigned(bytes, SMALL_WINDOW_BYTES) < 0 ? 1 : POOLS;
    return new Pools(count, window.entries() * 3 / 4 / count, window.entries());
  }

  /** Index of the first entry for large requests. */
  public long largeStart() {
    return count * poolSize;
  }

  /** Entries that can be handed out at most. */
  long usable() {
    return Math.max(1, entries - count - 1);
  }

  /** The most entries in a row that a request for that many pages could get now. */
  long largestFree(DmaWindow window, long pages) {
    long from = pages > LARGEST_SMALL_REQUEST ? largeStart() : 0;
    long largest = 0;
    long run = 0;
    for (long index = from; index < entries; index++) {
      boolean lastOfPool =
          index == entries - 1 || (index < largeStart() && (index + 1) % poolSize == 0);
      run = window.isKnownClear(index) && !lastOfPool ? run + 1 : 0;
      largest = Math.max(largest, run);
    }
    return largest;
  }
}
