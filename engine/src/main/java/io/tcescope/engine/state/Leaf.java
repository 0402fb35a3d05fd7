package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;
import org.jspecify.annotations.Nullable;

/**
 * 512 entries of a table, in one of two shapes. Written one by one: a word pair (value, mark) each,
 * side by side so that a write touches one cache line. Filled whole by one call: an arithmetic run,
 * so that a window of 2^37 pages costs nothing until it is written page by page.
 */
final class Leaf {
  static final int BITS = 9;
  static final int SIZE = 1 << BITS;
  static final int LAST = SIZE - 1;

  /**
   * The epoch of no table: who wants to write must copy first, so that many places may share it.
   */
  private static final long SHARED = 0;

  /** Whoever has this number may write; a table that does not must copy first. */
  final long epoch;

  private long @Nullable [] words;
  private long value;
  private long step;
  private long firstMark;
  private long mark;
  private long lastMark;

  private Leaf(long epoch) {
    this.epoch = epoch;
  }

  /** All entries alike, as a table is where nothing was written. */
  static Leaf background(long epoch, long mark) {
    return run(epoch, 0, 0, mark, mark, mark);
  }

  /**
   * Entry i holds value + i * step; the first and the last may be marked otherwise than the rest.
   */
  static Leaf run(long epoch, long value, long step, long firstMark, long mark, long lastMark) {
    Leaf leaf = new Leaf(epoch);
    leaf.value = value;
    leaf.step = step;
    leaf.firstMark = firstMark;
    leaf.mark = mark;
    leaf.lastMark = lastMark;
    return leaf;
  }

  /** All entries alike, for any number of places. */
  static Leaf shared(long value, long mark) {
    return run(SHARED, value, 0, mark, mark, mark);
  }

  Leaf copy(long newEpoch) {
    Leaf leaf = run(newEpoch, value, step, firstMark, mark, lastMark);
    leaf.words = words == null ? null : words.clone();
    return leaf;
  }

  boolean isRun() {
    return words == null;
  }

  /** The first value of a run. */
  long runValue() {
    return value;
  }

  long runStep() {
    return step;
  }

  /** The pairs, for writing: entry i is words[2 * i], its mark words[2 * i + 1]. */
  long[] words() {
    long[] pairs = words;
    return pairs != null ? pairs : unfold();
  }

  private long[] unfold() {
    long[] pairs = new long[2 * SIZE];
    if (isFresh()) {
      words = pairs;
      return pairs;
    }
    for (int i = 0; i < SIZE; i++) {
      pairs[2 * i] = value + i * step;
      pairs[2 * i + 1] = markOfRun(i);
    }
    words = pairs;
    return pairs;
  }

  /** True if the values of a run are all alike, and all known or all unknown. */
  boolean isUniform() {
    boolean unknown = Mark.isUnknown(mark);
    return step == 0 && Mark.isUnknown(firstMark) == unknown && Mark.isUnknown(lastMark) == unknown;
  }

  /** True for a leaf of a table just made: all zero bits, as a new array is. */
  private boolean isFresh() {
    return (value | step | firstMark | mark | lastMark) == Mark.FRESH;
  }

  private long markOfRun(int index) {
    if (index == LAST) {
      return lastMark;
    }
    return index == 0 ? firstMark : mark;
  }

  long value(int index) {
    long[] pairs = words;
    return pairs != null ? pairs[2 * index] : value + index * step;
  }

  long mark(int index) {
    long[] pairs = words;
    return pairs != null ? pairs[2 * index + 1] : markOfRun(index);
  }

  /** True if the entry and the one before it belong to one allocation. */
  boolean continuesAt(int index) {
    return Mark.isContinuation(mark(index));
  }

  /** Counts what entries from .. from + n - 1 hold. */
  void count(int from, int n, Tally tally) {
    tally.begin();
    long[] pairs = words;
    if (pairs != null) {
      tally.add(pairs, 2 * from, n);
      return;
    }
    // The entries of a run have all the same permission bits, and only the first can be zero alone.
    tally.add(1, value, firstMark);
    tally.add(SIZE - 2, value + step, mark);
    tally.add(1, value + LAST * step, lastMark);
  }

  /** How many entries from there on, of so many, hold the same value and mark. */
  int alike(int from, int most) {
    long[] pairs = words;
    if (pairs == null) {
      return step == 0 ? Math.min(most, endOfAlike(from) - from) : 1;
    }
    int n = 1;
    while (n < most
        && pairs[2 * (from + n)] == pairs[2 * from]
        && pairs[2 * (from + n) + 1] == pairs[2 * from + 1]) {
      n++;
    }
    return n;
  }

  private int endOfAlike(int from) {
    if (from == 0 && firstMark != mark) {
      return 1;
    }
    return from == LAST || lastMark == mark ? SIZE : LAST;
  }

  /** The first entry from there on that is known to map nothing; there must be one. */
  int firstKnownClear(int from) {
    int at = from;
    while (Tce.isMapped(value(at)) || Mark.isUnknown(mark(at))) {
      at++;
    }
    return at;
  }
}
