package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/** What some entries of a leaf hold, counted at once. */
final class Tally {
  /** Entries of which the value is known. */
  long known;

  /** Known entries with permission bits. */
  long live;

  /** Known entries that are not zero. */
  long nonzero;

  void begin() {
    known = 0;
    live = 0;
    nonzero = 0;
  }

  /** So many leaves are like the one that was counted. */
  void times(long leaves) {
    known *= leaves;
    live *= leaves;
    nonzero *= leaves;
  }

  /** That many entries hold such a value, mapped or not as this one is, and are known alike. */
  void add(int count, long tce, long mark) {
    if (!Mark.isUnknown(mark)) {
      known += count;
      live += Tce.isMapped(tce) ? count : 0;
      nonzero += tce == 0 ? 0 : count;
    }
  }

  /** Entries written one by one: {@code count} pairs of words from {@code at} on. */
  void add(long[] words, int at, int count) {
    int knownHere = 0;
    int liveHere = 0;
    int nonzeroHere = 0;
    for (int i = at; i < at + 2 * count; i += 2) {
      int one = Mark.isUnknown(words[i + 1]) ? 0 : 1;
      knownHere += one;
      liveHere += Tce.isMapped(words[i]) ? one : 0;
      nonzeroHere += words[i] == 0 ? 0 : one;
    }
    known += knownHere;
    live += liveHere;
    nonzero += nonzeroHere;
  }
}
