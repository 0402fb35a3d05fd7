package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/** Writes entries and keeps the books: the window's counters, and what the event changed. */
final class TableEditor {
  private final Change change;

  TableEditor(Change change) {
    this.change = change;
  }

  /** Entry := tce. */
  void write(DmaWindow window, long index, long tce, long mark) {
    long[] words = window.table.writable(index >>> Leaf.BITS).words();
    int at = 2 * ((int) index & Leaf.LAST);
    account(window, index, words[at], words[at + 1], tce);
    words[at] = tce;
    words[at + 1] = mark;
  }

  /**
   * Entries first .. first + count - 1 := value, value + step, ...; the last one may be better
   * known than the others.
   *
   * @param firstMark how the first entry is marked
   * @param mark how the others are
   * @param lastMark what is known of the last one; its place in the allocation is as the others'
   */
  void fill(
      DmaWindow window,
      long first,
      long count,
      long value,
      long step,
      long firstMark,
      long mark,
      long lastMark) {
    long done = 0;
    while (done < count) {
      long index = first + done;
      int n = (int) Math.min(count - done, Leaf.SIZE - ((int) index & Leaf.LAST));
      long from = done == 0 ? firstMark : mark;
      boolean last = done + n == count;
      long to = last ? Mark.placedLike(lastMark, n == 1 ? from : mark) : n == 1 ? from : mark;
      if (n < Leaf.SIZE || !fillWhole(window, index, value, step, from, mark, to)) {
        fillWords(window, index, n, value, step, from, mark, to);
      }
      value += n * step;
      done += n;
    }
  }

  /** A whole leaf by one call, kept as a run unless the leaf is already written out. */
  private boolean fillWhole(
      DmaWindow window, long index, long value, long step, long from, long mark, long to) {
    long leafIndex = index >>> Leaf.BITS;
    Leaf old = window.table.find(leafIndex);
    if (old != null && !old.isRun()) {
      return false;
    }
    for (int i = 0; i < Leaf.SIZE; i++) {
      long oldTce = old == null ? 0 : old.value(i);
      long oldMark = old == null ? window.table.background() : old.mark(i);
      account(window, index + i, oldTce, oldMark, value + i * step);
    }
    window.table.replace(leafIndex, Leaf.run(window.table.epoch(), value, step, from, mark, to));
    return true;
  }

  private void fillWords(
      DmaWindow window, long index, int n, long value, long step, long from, long mark, long to) {
    long[] words = window.table.writable(index >>> Leaf.BITS).words();
    int at = 2 * ((int) index & Leaf.LAST);
    int last = at + 2 * (n - 1);
    long now = value;
    for (int i = at; i <= last; i += 2) {
      account(window, index + ((i - at) >> 1), words[i], words[i + 1], now);
      words[i] = now;
      words[i + 1] = mark;
      now += step;
    }
    words[at + 1] = from;
    words[last + 1] = to;
  }

  /**
   * The recording does not tell what these entries hold now. With {@code unless}, an entry known to
   * hold that value keeps it, because the call could only have written the same.
   */
  void forget(DmaWindow window, long first, long count, long mark) {
    for (long i = 0; i < count; i++) {
      forgetEntry(window, first + i, mark);
    }
  }

  void forgetUnless(DmaWindow window, long first, long count, long value, long mark) {
    for (long i = 0; i < count; i++) {
      long index = first + i;
      if (window.tce(index) != value || Mark.isUnknown(window.mark(index))) {
        forgetEntry(window, index, mark);
      }
    }
  }

  private void forgetEntry(DmaWindow window, long index, long mark) {
    long[] words = window.table.writable(index >>> Leaf.BITS).words();
    int at = 2 * ((int) index & Leaf.LAST);
    if (!Mark.isUnknown(words[at + 1])) {
      uncount(window, words[at]);
      window.unknown++;
    }
    words[at] = 0;
    words[at + 1] = mark;
  }

  private static void uncount(DmaWindow window, long tce) {
    if (Tce.isMapped(tce)) {
      window.mapped--;
    }
    if (tce != 0) {
      window.nonzero--;
    }
  }

  private void account(DmaWindow window, long index, long old, long oldMark, long now) {
    boolean isMapped = Tce.isMapped(now);
    boolean wasUnknown = Mark.isUnknown(oldMark);
    if (wasUnknown) {
      window.unknown--;
      change.formerlyUnknown++;
    } else {
      uncount(window, old);
      classify(window, index, old, oldMark, now);
    }
    if (isMapped) {
      window.mapped++;
    }
    if (now != 0) {
      window.nonzero++;
    }
  }

  private void classify(DmaWindow window, long index, long old, long oldMark, long now) {
    boolean wasMapped = Tce.isMapped(old);
    if (!Tce.isMapped(now)) {
      if (wasMapped) {
        change.cleared++;
      } else if (change.alreadyClear++ == 0) {
        change.firstUnmapped = index;
        change.unmappedMark = oldMark;
      }
    } else if (!wasMapped) {
      change.mapped++;
    } else {
      overwritten(window, index, old, oldMark, now);
    }
  }

  private void overwritten(DmaWindow window, long index, long old, long oldMark, long now) {
    if (old == now) {
      change.rewritten++;
      return;
    }
    int shift = window.pageShift();
    boolean samePage = Tce.realAddress(old, shift) == Tce.realAddress(now, shift);
    boolean first = change.remapped == 0 && (!samePage || change.permissionChanged == 0);
    if (samePage) {
      change.permissionChanged++;
    } else {
      change.remapped++;
    }
    if (first) {
      change.firstRemapped = index;
      change.oldTce = old;
      change.newTce = now;
      change.oldMark = oldMark;
    }
  }
}
