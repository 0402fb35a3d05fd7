package io.tcescope.traces.fusion;

import java.util.stream.IntStream;

/**
 * Which calls of one recording another one holds too, how the two clocks stand by them, and what
 * every call then makes of the other recording.
 */
final class Twins {
  /** Clocks are read at different moments of one call; scheduling can come between. */
  private static final long CLOSE = 5_000_000;

  private static final int ERRORS_OF_TOLERANCE = 4;

  /** Pairs set the clocks better, and better clocks find more pairs. */
  private static final int ROUNDS = 3;

  final Survey here;
  final Survey there;
  final Clocks clocks;

  /**
   * How often, where only order tells, both hold calls between two that they share. Of two
   * recordings that lose nothing each would hold them all.
   */
  final int detours;

  private final int[] twins;
  private final long firstShared;
  private final long lastShared;

  private Twins(Survey here, Survey there, int[] twins, Clocks clocks, int detours) {
    this.here = here;
    this.there = there;
    this.twins = twins;
    this.clocks = clocks;
    this.detours = detours;
    firstShared = shared().mapToLong(call -> here.calls.ordinal[call]).min().orElse(Long.MAX_VALUE);
    lastShared = shared().mapToLong(call -> here.calls.ordinal[call]).max().orElse(Long.MIN_VALUE);
  }

  /** No call is shared, or none of which it could be said. */
  static Twins none(Survey here, Survey there) {
    return new Twins(here, there, new int[0], Clocks.NONE, 0);
  }

  /** Finds them by their times, of which a clock tells where to look. */
  static Twins byTimes(Survey here, Survey there, Clocks found) {
    Twins twins = new Twins(here, there, new int[0], found, 0);
    for (int round = 0; round < ROUNDS; round++) {
      long tolerance =
          Math.clamp(ERRORS_OF_TOLERANCE * twins.clocks.error(), CLOSE, Pairing.FARTHEST);
      int[] pairs = Pairing.of(here.calls, there.calls, twins.clocks, tolerance);
      Rising stamps = stamps(here, there, pairs);
      stamps.addAll(found.pairs());
      twins = new Twins(here, there, pairs, Clocks.through(stamps, true), 0);
    }
    return twins;
  }

  /**
   * Finds them by their order, and gives the one of the two recordings that has no times those of
   * the other.
   */
  static Twins inOrder(Survey here, Survey there) {
    OrderedPairing pairing = OrderedPairing.of(here.calls, there.calls);
    int[] twins = pairing.twins();
    Rising pairs = pairs(twins);
    if (pairs.size() == 0) {
      return none(here, there);
    }
    if (there.isTimed()) {
      here.takeTimesFrom(Clocks.inOrder(pairs.at(here.calls.ordinal, there.calls.time)));
    } else {
      there.takeTimesFrom(Clocks.inOrder(pairs.swapped().at(there.calls.ordinal, here.calls.time)));
    }
    Clocks clocks = Clocks.through(stamps(here, there, twins), true);
    return new Twins(here, there, twins, clocks, pairing.detours());
  }

  /** Indexes of calls and of their twins. */
  private static Rising pairs(int[] twins) {
    Rising pairs = new Rising();
    for (int i = 0; i < twins.length; i++) {
      if (twins[i] != Pairing.ALONE) {
        pairs.add(i, twins[i]);
      }
    }
    return pairs;
  }

  private static Rising stamps(Survey here, Survey there, int[] twins) {
    return pairs(twins).at(here.calls.time, there.calls.time);
  }

  /** True if the times of both told them; else only their order did. */
  boolean areByTimes() {
    return here.stamped && there.stamped;
  }

  boolean isEmpty() {
    return clocks.isEmpty();
  }

  boolean isShared(int call) {
    return call < twins.length && twins[call] != Pairing.ALONE;
  }

  /** The other recording's index of a call that is shared. */
  int of(int call) {
    return twins[call];
  }

  /** The calls that both recordings hold, as indexes of the first. */
  IntStream shared() {
    return IntStream.range(0, twins.length).filter(this::isShared);
  }

  /** True if that record, or ones before and behind it, are of calls that both recordings hold. */
  boolean isBetween(long ordinal) {
    return ordinal >= firstShared && ordinal <= lastShared;
  }

  /** True if no call that both recordings hold is in that record or behind it. */
  boolean isBehind(long ordinal) {
    return ordinal > lastShared;
  }

  /** What a call makes of what the other recording tells. */
  Testimony testimony(int call) {
    if (isShared(call)) {
      return areByTimes()
          ? Testimony.ofTwins(here.calls, call, there.calls, twins[call])
          : Testimony.AGREES;
    }
    boolean isExpected =
        !isEmpty() && isWritten(call) && there.spans(clocks.there(here.calls.time[call]));
    if (isExpected && !areByTimes()) {
      return isElsewhere(call) ? Testimony.ALONE : Testimony.PERHAPS;
    }
    return isExpected && !there.loses // else it may be one of those that were lost
        ? Testimony.ofMissing(here.calls, call)
        : Testimony.ALONE;
  }

  /** True of a call that names its window, and so would be shared if the other were running. */
  private boolean isElsewhere(int call) {
    return here.calls.is(call, Calls.WINDOW) && !isBetween(here.calls.ordinal[call]);
  }

  /** True if the other recorder writes calls of that kind. */
  private boolean isWritten(int call) {
    return there.kinds.contains(here.calls.kind[call]);
  }

  /** How many calls are of kinds that the other recorder writes. */
  long written() {
    return IntStream.range(0, here.calls.size).filter(this::isWritten).count();
  }

  /** How many calls the other recording contradicts. */
  long contradictions() {
    return IntStream.range(0, here.calls.size)
        .filter(call -> testimony(call).isContradiction())
        .count();
  }
}
