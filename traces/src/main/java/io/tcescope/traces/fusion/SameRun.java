package io.tcescope.traces.fusion;

import java.util.stream.IntStream;

/**
 * Whether two recordings are of one run. Boots of one guest are alike: calls that two recordings
 * share may be shared by chance.
 *
 * @param shared how many calls both recordings hold
 * @param late how many of these are farther from their twins than a moment, by the clock
 * @param missing how many calls the other recording contradicts, or seems to if only order tells
 * @param jumps how often a clock stood still that no other recording shows to have done so
 * @param detours how often both hold calls between two that they share, if only order tells
 * @param isLossy true if one of them has lost calls and says so
 * @param written how many calls the other recording could hold, by its kinds, if only order tells
 */
record SameRun(
    long shared, long late, long missing, int jumps, int detours, boolean isLossy, long written) {
  /** Of the two stamps of one call few are farther apart: no time passes but by scheduling. */
  private static final long MOMENT = 1_000_000;

  /** One in so many of its shared calls may be farther from its twin than a moment. */
  private static final int LATE = 4;

  /** A machine that is stopped more often than this has many calls in between. */
  private static final int MOST_STOPS = 8;

  private static final long PAIRS_OF_A_CLOCK = 8;

  /** Of two boots of one guest that were compared fewer calls stood in one order, on average. */
  private static final long PAIRS_IN_ONE_ORDER = 32;

  /**
   * Judges by the calls that two recordings seem to share.
   *
   * @param knownJumps how often the clock stood still by another recording that reads it too
   */
  static SameRun of(Twins twins, int knownJumps) {
    return new SameRun(
        twins.shared().count(),
        twins.areByTimes() ? late(twins) : 0,
        twins.areByTimes() ? twins.contradictions() : missingBetweenShared(twins),
        Math.max(0, twins.clocks.jumps() - knownJumps),
        twins.detours,
        twins.here.loses || twins.there.loses,
        twins.areByTimes() ? 0 : twins.written());
  }

  private static long late(Twins twins) {
    long near = MOMENT + twins.here.calls.tick() + twins.there.calls.tick();
    return twins.shared().filter(call -> Math.abs(apart(twins, call)) > near).count();
  }

  private static long apart(Twins twins, int call) {
    long time = twins.here.calls.time[call];
    int stretch = twins.clocks.stretchOf(time);
    return twins.clocks.there(stretch, time) - twins.there.calls.time[twins.of(call)];
  }

  private static long missingBetweenShared(Twins twins) {
    int[] shared = twins.shared().toArray();
    return twins.there.loses || shared.length == 0
        ? 0
        : IntStream.range(shared[0], shared[shared.length - 1])
            .filter(call -> twins.testimony(call) == Testimony.PERHAPS)
            .filter(call -> Testimony.ofMissing(twins.here.calls, call) == Testimony.MISSING)
            .count();
  }

  /** True if what they share may be chance. */
  boolean isDoubtful() {
    return isContradicted() || isTooLittle();
  }

  /** True if two recordings of one run would hardly differ so. */
  private boolean isContradicted() {
    boolean torn = jumps > MOST_STOPS && shared < PAIRS_OF_A_CLOCK * jumps;
    boolean scattered = shared >= PAIRS_OF_A_CLOCK && LATE * late > shared;
    boolean crossed = shared < (isLossy ? PAIRS_OF_A_CLOCK : PAIRS_IN_ONE_ORDER) * detours;
    boolean outweighed = missing > 0 && (missing >= shared || shared < PAIRS_OF_A_CLOCK);
    return torn || scattered || crossed || outweighed;
  }

  /** True if nothing speaks against it, and not enough for it: most calls could be of any run. */
  private boolean isTooLittle() {
    return shared < PAIRS_OF_A_CLOCK && 2 * shared < written;
  }

  /** The verdict on doubtful ones, with what speaks for and against it. */
  String doubt(String one, String other) {
    return "%s %s of another run than %s and changes no table: %s"
        .formatted(one, isContradicted() ? "seems to be" : "may be", other, inWords());
  }

  private String inWords() {
    String told =
        "%s shared, %d of them at other times, %d missing, jumps %d"
            .formatted(calls(shared), late, missing, jumps);
    return written == 0
        ? told
        : told + ", other order %d, %d could be shared".formatted(detours, written);
  }

  static String calls(long count) {
    return count == 1 ? "1 call" : count + " calls";
  }
}
