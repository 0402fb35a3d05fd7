package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Stretch;

/** Where an allocation begins and ends, as the marks of its entries tell. */
final class Bounds {
  /** Entries that are looked at first; most allocations are shorter. */
  private static final long LOOK = 512;

  private Bounds() {}

  /** Entries of the allocation that begins there. */
  static long lengthFrom(DmaWindow window, long first) {
    long behind = first + 1;
    Stretch stretch = new Stretch();
    stretch.begin(window, behind, window.entries() - behind);
    while (stretch.next() && stretch.isLive() && !Mark.isStart(stretch.mark())) {
      behind = stretch.last() + 1;
    }
    return behind - first;
  }

  /** Entries of the allocation of which the next entry was part. */
  static long lengthUpTo(DmaWindow window, long end) {
    long start = -1;
    for (long look = LOOK; start < 0; look *= LOOK) {
      start = lastStart(window, Math.max(0, end - look), end);
    }
    return end - start;
  }

  /** Where between two entries the last allocation starts, -1 if before the first of them. */
  private static long lastStart(DmaWindow window, long from, long end) {
    long start = from == 0 ? 0 : -1;
    Stretch stretch = new Stretch();
    stretch.begin(window, from, end - from);
    while (stretch.next()) {
      if (!stretch.isLive()) {
        start = stretch.last() + 1;
      } else if (Mark.isStart(stretch.mark())) {
        start = stretch.last();
      }
    }
    return start;
  }
}
