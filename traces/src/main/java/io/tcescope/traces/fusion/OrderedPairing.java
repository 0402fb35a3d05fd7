package io.tcescope.traces.fusion;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Finds for each call of one recording the same call in another by nothing but their order, which
 * is all that a recording without times tells: first the calls whose key is rarest in both, as many
 * as rise in both, and what stands beside them; then between those the next rarest, and so on.
 */
final class OrderedPairing {
  /** Of a key that occurs more often between two pairs nobody knows which is which. */
  private static final int MOST_OF_A_KEY = 256;

  /** What is looked at together at most, for a stretch in which hardly a key is rare. */
  private static final int MOST_PAIRS = 1 << 22;

  private final Calls here;
  private final Calls there;

  /** The calls whose keys both recordings hold; all that follows counts in these. */
  private final int[] mine;

  private final int[] theirs;
  private final int[] twins;
  private final BitSet taken = new BitSet();

  private OrderedPairing(Calls here, Calls there) {
    this.here = here;
    this.there = there;
    mine = withKeys(here, there.keys());
    theirs = withKeys(there, here.keys());
    twins = new int[mine.length];
    Arrays.fill(twins, Pairing.ALONE);
  }

  private static int[] withKeys(Calls calls, long[] keys) {
    return IntStream.range(0, calls.size)
        .filter(call -> Arrays.binarySearch(keys, calls.key[call]) >= 0)
        .toArray();
  }

  /** Finds what it can; nothing where no rare call is shared. */
  static OrderedPairing of(Calls here, Calls there) {
    OrderedPairing pairing = new OrderedPairing(here, there);
    for (int most = 1; most <= MOST_OF_A_KEY; most *= 4) {
      pairing.pairRare(most);
      pairing.pairNeighbours();
    }
    return pairing;
  }

  /** For each call here the index of its twin there, rising, or {@link Pairing#ALONE}. */
  int[] twins() {
    int[] all = new int[here.size];
    Arrays.fill(all, Pairing.ALONE);
    paired().forEach(i -> all[mine[i]] = theirs[twins[i]]);
    return all;
  }

  /** How often both hold calls between two pairs, and none that is one. */
  int detours() {
    int[] paired = paired().toArray();
    return (int)
        IntStream.range(1, paired.length)
            .filter(
                i -> paired[i] - paired[i - 1] > 1 && twins[paired[i]] - twins[paired[i - 1]] > 1)
            .count();
  }

  private IntStream paired() {
    return IntStream.range(0, twins.length).filter(i -> twins[i] != Pairing.ALONE);
  }

  /** Pairs calls whose key is rare between two pairs, in both recordings. */
  private void pairRare(int most) {
    int[] known = twins.clone();
    int from = 0;
    int thereFrom = 0;
    for (int i = 0; i < known.length; i++) {
      if (known[i] != Pairing.ALONE) {
        pairRare(from, i, thereFrom, known[i], most);
        from = i + 1;
        thereFrom = known[i] + 1;
      }
    }
    if (from > 0 || most <= SharedCalls.MOST_OF_A_KEY) {
      pairRare(from, mine.length, thereFrom, theirs.length, most);
    }
  }

  private void pairRare(int from, int to, int thereFrom, int thereTo, int most) {
    boolean isTooMuch = most > SharedCalls.MOST_OF_A_KEY && (long) most * (to - from) > MOST_PAIRS;
    if (from == to || thereFrom == thereTo || isTooMuch) {
      return;
    }
    int[] calls = here.byKey(Arrays.copyOfRange(mine, from, to));
    int[] others = there.byKey(Arrays.copyOfRange(theirs, thereFrom, thereTo));
    Rising pairs = SharedCalls.indexes(here, calls, there, others, most).longest();
    for (int i = 0; i < pairs.size(); i++) {
      pair(
          Arrays.binarySearch(mine, (int) pairs.x(i)),
          Arrays.binarySearch(theirs, (int) pairs.y(i)));
    }
  }

  private void pairNeighbours() {
    for (int i = 1; i < twins.length; i++) {
      pairBeside(i, i - 1);
    }
    for (int i = twins.length - 2; i >= 0; i--) {
      pairBeside(i, i + 1);
    }
  }

  /** A call beside a pair has its twin beside that one's, unless a recording lacks one. */
  private void pairBeside(int call, int neighbour) {
    if (twins[call] != Pairing.ALONE || twins[neighbour] == Pairing.ALONE) {
      return;
    }
    int other = twins[neighbour] + call - neighbour;
    boolean isFree = other >= 0 && other < theirs.length && !taken.get(other);
    if (isFree
        && here.key[mine[call]] == there.key[theirs[other]]
        && Pairing.agree(here, mine[call], there, theirs[other])) {
      pair(call, other);
    }
  }

  private void pair(int call, int other) {
    twins[call] = other;
    taken.set(other);
  }
}
