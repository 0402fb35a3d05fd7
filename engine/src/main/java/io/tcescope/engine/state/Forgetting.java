package io.tcescope.engine.state;

/**
 * Makes entries unknown, whole leaves and subtrees at once, so that an absurd range costs no more
 * than any other.
 */
final class Forgetting {
  private final DmaWindow window;
  private final long mark;
  private final boolean keeps;
  private final long kept;
  private final Tally tally = new Tally();

  private Forgetting(DmaWindow window, long mark, boolean keeps, long kept) {
    this.window = window;
    this.mark = mark;
    this.keeps = keeps;
    this.kept = kept;
  }

  /** Entries first .. first + count - 1 are not known any more. */
  static void range(DmaWindow window, long first, long count, long mark) {
    if (count > 0) {
      new Forgetting(window, mark, false, 0).range(first, count);
    }
  }

  /** The same, but an entry known to hold that value keeps it. */
  static void rangeUnless(DmaWindow window, long first, long count, long value, long mark) {
    if (count > 0) {
      new Forgetting(window, mark, true, value).range(first, count);
    }
  }

  private void range(long first, long count) {
    long done = 0;
    while (done < count) {
      long index = first + done;
      long n = Math.min(count - done, Leaf.SIZE - (index & Leaf.LAST));
      if (n < Leaf.SIZE) {
        entries(index, n);
      } else {
        long leaf = index >>> Leaf.BITS;
        long span = window.table.subtree(leaf, (count - done) >>> Leaf.BITS);
        window.table.parts(leaf, span, this::leaves);
        n = span << Leaf.BITS;
      }
      done += n;
    }
  }

  /** So many leaves, all like that one. */
  private void leaves(long leafIndex, long span, Leaf leaf) {
    boolean mayKeep = keeps && !(leaf.isRun() && leaf.isUniform() && leaf.runValue() != kept);
    if (!leaf.isRun() || (mayKeep && !leaf.isUniform())) {
      entries(leafIndex << Leaf.BITS, span << Leaf.BITS);
    } else if (!mayKeep || Mark.isUnknown(leaf.mark(0))) {
      leaf.count(0, Leaf.SIZE, tally);
      tally.times(span);
      window.unknown += tally.known;
      window.mapped -= tally.live;
      window.nonzero -= tally.nonzero;
      window.table.fill(leafIndex, span, 0, mark);
    }
  }

  private void entries(long first, long count) {
    for (long index = first; index < first + count; index++) {
      boolean known = !Mark.isUnknown(window.mark(index));
      if (!keeps || !known || window.tce(index) != kept) {
        forget(index);
      }
    }
  }

  private void forget(long index) {
    long[] words = window.table.writable(index >>> Leaf.BITS).words();
    int at = 2 * ((int) index & Leaf.LAST);
    if (!Mark.isUnknown(words[at + 1])) {
      TableEditor.uncount(window, words[at]);
      window.unknown++;
    }
    words[at] = 0;
    words[at + 1] = mark;
  }
}
