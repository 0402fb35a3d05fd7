package io.tcescope.traces.fusion;

/**
 * Calls that two recordings seem to share, found without knowing their clocks: those whose key is
 * rare in both, in every possible pair.
 */
final class SharedCalls {
  /** A key that occurs more often tells little about when. */
  static final int MOST_OF_A_KEY = 4;

  private final Calls here;
  private final Calls there;
  private final int most;
  private final Rising pairs = new Rising();

  private SharedCalls(Calls here, Calls there, int most) {
    this.here = here;
    this.there = there;
    this.most = most;
  }

  /** The stamps of each possible pair: of {@code here}, of {@code there}. */
  static Rising of(Calls here, Calls there) {
    return indexes(here, here.byKey(), there, there.byKey(), MOST_OF_A_KEY)
        .at(here.time, there.time);
  }

  /**
   * The indexes of each possible pair of calls given by key.
   *
   * @param most how often a key that is rare may occur in each of them
   */
  static Rising indexes(Calls here, int[] mine, Calls there, int[] theirs, int most) {
    SharedCalls shared = new SharedCalls(here, there, most);
    shared.pair(mine, theirs);
    return shared.pairs;
  }

  private void pair(int[] mine, int[] theirs) {
    int from = 0;
    for (int i = 0; i < mine.length; ) {
      long key = here.key[mine[i]];
      int end = end(here, mine, i, key);
      while (from < theirs.length && there.key[theirs[from]] < key) {
        from++;
      }
      int to = end(there, theirs, from, key);
      if (end - i <= most && to - from <= most) {
        pairAll(mine, i, end, theirs, from, to);
      }
      i = end;
      from = to;
    }
  }

  private static int end(Calls calls, int[] order, int from, long key) {
    int end = from;
    while (end < order.length && calls.key[order[end]] == key) {
      end++;
    }
    return end;
  }

  private void pairAll(int[] mine, int from, int end, int[] theirs, int thereFrom, int thereEnd) {
    for (int i = from; i < end; i++) {
      for (int j = thereFrom; j < thereEnd; j++) {
        if (Pairing.agree(here, mine[i], there, theirs[j])) {
          pairs.add(mine[i], theirs[j]);
        }
      }
    }
  }
}
