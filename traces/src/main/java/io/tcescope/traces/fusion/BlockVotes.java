package io.tcescope.traces.fusion;

import java.util.Arrays;

/**
 * Follows two clocks through traffic in which the same few calls come over and over, so that no
 * single call tells where it belongs. A block of calls does: of all shifts that lay one of its
 * calls on an equal one, the right shift lays them all.
 */
final class BlockVotes {
  private static final int BLOCK = 64;

  /** Fewer calls that agree may agree by chance. */
  private static final int FEWEST = 3;

  /** How far apart the stamps of one call are in most cases. */
  private static final long JITTER = 1_000_000;

  private static final double DRIFT = 5e-4;

  private static final int MOST_VOTES = 1 << 21;

  private final Calls here;
  private final Calls there;
  private final Clocks rough;
  private final Rising pairs = new Rising();
  private long[] votes = new long[1024];
  private int count;
  private boolean known;
  private long shift;
  private long knownAt;

  private BlockVotes(Calls here, Calls there, Clocks rough) {
    this.here = here;
    this.there = there;
    this.rough = rough;
  }

  /** Stamps of shared calls, found block by block between what is known roughly. */
  static Rising follow(Calls here, Calls there, Clocks rough) {
    BlockVotes blocks = new BlockVotes(here, there, rough);
    for (int from = 0; from < here.size; from += BLOCK) {
      blocks.take(from, Math.min(from + BLOCK, here.size));
    }
    return blocks.pairs;
  }

  private void take(int from, int to) {
    long time = here.time[from];
    long slack = 2 * JITTER + (long) (DRIFT * (time - knownAt));
    if (known && elect(from, to, shift - slack, shift + slack, (to - from) / 2)) {
      return;
    }
    long highest = highest(here.time[to - 1]);
    long lowest = known ? shift - slack : highest - 2 * Pairing.LONGEST_STOP;
    elect(from, to, lowest, highest, (to - from) / 2);
  }

  /** Clocks only stop, so a shift is no larger than it is known to be later. */
  private long highest(long time) {
    if (rough.isEmpty()) {
      return Long.MAX_VALUE / 2;
    }
    int stretch = rough.stretchOf(time);
    boolean before = rough.begins(stretch) > time;
    if (!before && !rough.hasNext(stretch)) {
      return known
          ? shift + Pairing.LONGEST_STOP
          : rough.there(stretch, time) - time + Pairing.LONGEST_STOP;
    }
    int next = before ? stretch : stretch + 1;
    long begins = rough.begins(next);
    return rough.there(next, begins) - begins + 20 * JITTER;
  }

  /** Finds the shift that most calls of the block agree on; takes it if they are enough. */
  private boolean elect(int from, int to, long lowest, long highest, int enough) {
    count = 0;
    for (int call = from; call < to; call++) {
      vote(call, lowest, highest);
    }
    Arrays.sort(votes, 0, count);
    int best = 0;
    int most = 0;
    for (int first = 0, last = 0; first < count; first++) {
      while (last < count && votes[last] - votes[first] <= JITTER) {
        last++;
      }
      if (last - first > most) {
        most = last - first;
        best = first;
      }
    }
    if (most < Math.max(FEWEST, enough)) {
      return false;
    }
    known = true;
    shift = votes[best + most / 2];
    knownAt = here.time[to - 1];
    pair(from, to);
    return true;
  }

  private void vote(int call, long lowest, long highest) {
    int[] order = there.byKey();
    long time = here.time[call];
    for (int i = there.firstOf(here.key[call], time + lowest); i < order.length; i++) {
      int other = order[i];
      long apart = there.time[other] - time;
      if (there.key[other] != here.key[call] || apart > highest || count == MOST_VOTES) {
        return;
      }
      if (count == votes.length) {
        votes = Arrays.copyOf(votes, 2 * count);
      }
      votes[count++] = apart;
    }
  }

  private void pair(int from, int to) {
    for (int call = from; call < to; call++) {
      long expected = here.time[call] + shift;
      int[] order = there.byKey();
      int place = there.firstOf(here.key[call], expected - JITTER);
      if (place < order.length
          && there.key[order[place]] == here.key[call]
          && there.time[order[place]] <= expected + JITTER
          && Pairing.agree(here, call, there, order[place])) {
        pairs.add(here.time[call], there.time[order[place]]);
      }
    }
  }
}
