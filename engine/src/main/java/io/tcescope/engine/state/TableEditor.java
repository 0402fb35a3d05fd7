package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/** Writes entries and keeps the books: the window's counters, and what the event changed. */
final class TableEditor {
  /** No table of QEMU has as many (RULES.md W6), and live entries may be looked at one by one. */
  private static final long MOST_ALIKE = 1L << 32;

  /** No list is nearly as long; what rises is kept leaf by leaf. */
  private static final long MOST_RISING = 1L << 24;

  private final Change change;
  private final Tally tally = new Tally();

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
    if (count == 1) {
      write(window, first, value, Mark.placedLike(lastMark, firstMark));
      return;
    }
    if (count > (step == 0 ? MOST_ALIKE : MOST_RISING) && (Tce.isMapped(value) || step != 0)) {
      window.forget(Knowledge.LIST_NOT_RECORDED, Mark.writer(mark));
      return;
    }
    long done = 0;
    while (done < count) {
      long index = first + done;
      long alike =
          step != 0 || done == 0 ? 0 : fillSubtree(window, index, count - done, value, mark);
      if (alike > 0) {
        done += alike;
        continue;
      }
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

  /** As many entries as make a whole subtree and are not the last ones; 0 if there is none. */
  private long fillSubtree(DmaWindow window, long index, long count, long value, long mark) {
    long leaf = index >>> Leaf.BITS;
    long leaves = (count - 1) >>> Leaf.BITS;
    if ((index & Leaf.LAST) != 0 || leaves < Branch.FANOUT) {
      return 0;
    }
    long span = window.table.subtree(leaf, leaves);
    if (span == 1) {
      return 0;
    }
    window.table.parts(
        leaf,
        span,
        (at, alike, old) -> {
          old.count(0, Leaf.SIZE, tally);
          tally.times(alike);
          account(window, at << Leaf.BITS, alike << Leaf.BITS, old, value, 0);
        });
    window.table.fill(leaf, span, value, mark);
    return span << Leaf.BITS;
  }

  /** A whole leaf by one call, kept as a run unless the leaf is written out, and ours alone. */
  private boolean fillWhole(
      DmaWindow window, long index, long value, long step, long from, long mark, long to) {
    TceTable table = window.table;
    long leafIndex = index >>> Leaf.BITS;
    Leaf found = table.find(leafIndex);
    Leaf old = found == null ? Leaf.background(table.epoch(), table.background()) : found;
    if (!old.isRun() && old.epoch == table.epoch()) {
      return false;
    }
    old.count(0, Leaf.SIZE, tally);
    account(window, index, Leaf.SIZE, old, value, step);
    table.replace(leafIndex, Leaf.run(table.epoch(), value, step, from, mark, to));
    return true;
  }

  private void fillWords(
      DmaWindow window, long index, int n, long value, long step, long from, long mark, long to) {
    Leaf leaf = window.table.writable(index >>> Leaf.BITS);
    long[] words = leaf.words();
    leaf.count((int) index & Leaf.LAST, n, tally);
    account(window, index, n, leaf, value, step);
    int at = 2 * ((int) index & Leaf.LAST);
    int last = at + 2 * (n - 1);
    long now = value;
    for (int i = at; i <= last; i += 2) {
      words[i] = now;
      words[i + 1] = mark;
      now += step;
    }
    words[at + 1] = from;
    words[last + 1] = to;
  }

  /** The recording does not tell what these entries hold now. */
  void forget(DmaWindow window, long first, long count, long mark) {
    Forgetting.range(window, first, count, mark);
  }

  /** An entry known to hold that value keeps it: the call could only have written the same. */
  void forgetUnless(DmaWindow window, long first, long count, long value, long mark) {
    Forgetting.rangeUnless(window, first, count, value, mark);
  }

  /** Entries that events after that one wrote, or made unknown, are the same in another window. */
  void copyNewer(DmaWindow from, DmaWindow to, long event) {
    from.visit(
        (first, count, value, step, mark) -> {
          if (Mark.writer(mark) <= event) {
            return;
          }
          if (Mark.isUnknown(mark)) {
            forget(to, first, count, mark);
            return;
          }
          fill(to, first, count, value, step, mark, mark, mark);
        });
  }

  void notePeak(DmaWindow window) {
    if (window.mapped > window.peakMapped) {
      window.peakMapped = window.mapped;
      window.usage().noteFullest(change.eventOrdinal());
    }
  }

  static void uncount(DmaWindow window, long tce) {
    if (Tce.isMapped(tce)) {
      window.mapped--;
    }
    if (tce != 0) {
      window.nonzero--;
    }
  }

  /**
   * Accounts for n entries of a leaf, or of leaves like it, counted in the tally and about to hold
   * value, value + step and so on. Only live entries that get another page, and are not all alike,
   * have to be looked at one by one.
   */
  private void account(DmaWindow window, long index, long n, Leaf leaf, long value, long step) {
    boolean maps = Tce.isMapped(value);
    if (maps && tally.live > 0) {
      if (n > Leaf.SIZE) { // leaves that are like one in which all entries are live and alike
        overwritten(window, index, n, leaf.value(0), leaf.mark(0), value);
        return;
      }
      for (long i = 0; i < n; i++) {
        int at = (int) (index + i) & Leaf.LAST;
        account(window, index + i, leaf.value(at), leaf.mark(at), value + i * step);
      }
      return;
    }
    long unknown = n - tally.known;
    if (unknown > 0) {
      window.unknown -= unknown;
      change.formerlyUnknown += unknown;
      change.written |= Signal.WAS_UNKNOWN;
    }
    window.mapped += (maps ? n : 0) - tally.live;
    window.nonzero += nonzero(n, value, step) - tally.nonzero;
    if (maps && tally.known > 0) {
      change.mapped += tally.known;
      change.written |= Signal.MAPPED;
    }
    if (!maps) {
      cleared(index, tally.live, tally.known - tally.live, leaf);
    }
  }

  private static long nonzero(long n, long value, long step) {
    if (value != 0) {
      return n;
    }
    return step == 0 ? 0 : n - 1;
  }

  private void cleared(long index, long live, long alreadyClear, Leaf leaf) {
    if (live > 0) {
      change.cleared += live;
      change.written |= Signal.CLEARED;
    }
    if (alreadyClear == 0) {
      return;
    }
    if (change.alreadyClear == 0) {
      int at = leaf.firstKnownClear((int) index & Leaf.LAST);
      change.firstUnmapped = index + at - ((int) index & Leaf.LAST);
      change.unmappedMark = leaf.mark(at);
    }
    change.alreadyClear += alreadyClear;
    change.written |= Signal.CLEARED_UNMAPPED;
  }

  private void account(DmaWindow window, long index, long old, long oldMark, long now) {
    boolean isMapped = Tce.isMapped(now);
    boolean wasUnknown = Mark.isUnknown(oldMark);
    if (wasUnknown) {
      window.unknown--;
      change.formerlyUnknown++;
      change.written |= Signal.WAS_UNKNOWN;
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
        change.written |= Signal.CLEARED;
        return;
      }
      change.written |= Signal.CLEARED_UNMAPPED;
      if (change.alreadyClear++ == 0) {
        change.firstUnmapped = index;
        change.unmappedMark = oldMark;
      }
    } else if (!wasMapped) {
      change.mapped++;
      change.written |= Signal.MAPPED;
    } else {
      overwritten(window, index, 1, old, oldMark, now);
    }
  }

  private void overwritten(DmaWindow window, long index, long n, long old, long oldMark, long now) {
    if (old == now) {
      if (change.rewritten == 0) {
        change.rewrittenMark = oldMark;
      }
      change.rewritten += n;
      change.written |= Signal.REWRITTEN;
      return;
    }
    int shift = window.pageShift();
    boolean samePage = Tce.realAddress(old, shift) == Tce.realAddress(now, shift);
    boolean first = change.remapped == 0 && (!samePage || change.permissionChanged == 0);
    if (samePage) {
      change.permissionChanged += n;
      change.written |= Signal.PERMISSION_CHANGED;
    } else {
      change.remapped += n;
      change.written |= Signal.REMAPPED;
    }
    if (first) {
      change.firstRemapped = index;
      change.oldTce = old;
      change.newTce = now;
      change.oldMark = oldMark;
    }
  }
}
