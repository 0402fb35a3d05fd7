package io.tcescope.engine.replay;

import org.jspecify.annotations.Nullable;

/**
 * What belongs to each entry of a window, by its index from 0: a tree of nodes of 512, made where
 * something is put. To find what is there takes as many steps as the largest index has groups of
 * nine bits.
 */
final class EntryMap<T> {
  private static final int BITS = 9;
  private static final int FANOUT = 1 << BITS;
  private static final int MOST_LEVELS = 7;

  private @Nullable Object[] root = new @Nullable Object[FANOUT];
  private int levels = 1;

  /** Null where nothing is. */
  @Nullable T get(long index) {
    if (!reaches(index)) {
      return null;
    }
    Object node = root;
    for (int level = levels - 1; level >= 0 && node != null; level--) {
      node = ((@Nullable Object[]) node)[slot(index, level)];
    }
    @SuppressWarnings("unchecked")
    T found = (T) node;
    return found;
  }

  /** Puts the same at each entry from {@code from} to before {@code to}; null to take it away. */
  void fill(long from, long to, @Nullable T value) {
    long index = from;
    while (index < to) {
      @Nullable Object[] leaf = leaf(index);
      int at = slot(index, 0);
      int count = (int) Math.min(FANOUT - at, to - index);
      for (int i = 0; i < count; i++) {
        leaf[at + i] = value;
      }
      index += count;
    }
  }

  private @Nullable Object[] leaf(long index) {
    while (!reaches(index)) {
      @Nullable Object[] above = new @Nullable Object[FANOUT];
      above[0] = root;
      root = above;
      levels++;
    }
    @Nullable Object[] node = root;
    for (int level = levels - 1; level > 0; level--) {
      int slot = slot(index, level);
      Object child = node[slot];
      if (child == null) {
        child = new @Nullable Object[FANOUT];
        node[slot] = child;
      }
      node = (@Nullable Object[]) child;
    }
    return node;
  }

  /** The first index from {@code from} to before {@code to} where something is, or {@code to}. */
  long next(long from, long to) {
    long index = from;
    while (0 <= index && index < to && reaches(index)) {
      int level = levels - 1;
      Object node = root[slot(index, level)];
      while (level > 0 && node != null) {
        level--;
        node = ((@Nullable Object[]) node)[slot(index, level)];
      }
      if (node != null) {
        return index;
      }
      long step = 1L << (level * BITS); // nothing is in all of the node that is missing
      index = (index & -step) + step;
    }
    return to;
  }

  private boolean reaches(long index) {
    return levels >= MOST_LEVELS || index >>> (levels * BITS) == 0;
  }

  private static int slot(long index, int level) {
    return (int) (index >>> (level * BITS)) & (FANOUT - 1);
  }
}
