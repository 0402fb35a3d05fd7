package io.tcescope.engine.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Windows by LIOBN: open addressing without boxing, because every call looks its window up. */
final class LiobnMap {
  private DmaWindow[] slots = new DmaWindow[64];
  private int size;

  /** All of them in order, made when it is asked for; nobody outside changes it. */
  private DmaWindow @Nullable [] sorted;

  LiobnMap() {
    Arrays.fill(slots, DmaWindow.NONE);
  }

  /** The window, open or closed, last known by that LIOBN, or {@link DmaWindow#NONE}. */
  DmaWindow get(long liobn) {
    int mask = slots.length - 1;
    for (int i = hash(liobn) & mask; slots[i] != DmaWindow.NONE; i = (i + 1) & mask) {
      if (slots[i].liobn() == liobn) {
        return slots[i];
      }
    }
    return DmaWindow.NONE;
  }

  void put(DmaWindow window) {
    sorted = null;
    int mask = slots.length - 1;
    int i = hash(window.liobn()) & mask;
    while (slots[i] != DmaWindow.NONE && slots[i].liobn() != window.liobn()) {
      i = (i + 1) & mask;
    }
    if (slots[i] == DmaWindow.NONE && 2 * ++size > slots.length) {
      grow();
      put(window);
      return;
    }
    slots[i] = window;
  }

  private void grow() {
    DmaWindow[] old = slots;
    slots = new DmaWindow[2 * old.length];
    Arrays.fill(slots, DmaWindow.NONE);
    size = 0;
    for (DmaWindow window : old) {
      if (window != DmaWindow.NONE) {
        put(window);
      }
    }
  }

  /** All windows, open and closed, in ascending unsigned order of their LIOBN. */
  DmaWindow[] sorted() {
    DmaWindow[] windows = sorted;
    if (windows == null) {
      windows =
          Arrays.stream(slots)
              .filter(window -> window != DmaWindow.NONE)
              .sorted((a, b) -> Long.compareUnsigned(a.liobn(), b.liobn()))
              .toArray(DmaWindow[]::new);
      sorted = windows;
    }
    return windows;
  }

  private static int hash(long liobn) {
    long mixed = liobn * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 40);
  }
}
