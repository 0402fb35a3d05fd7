package io.tcescope.traces.fusion;

import io.tcescope.engine.event.HcallStatus;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds for each call of one recording the same call in another: of equal key, at about the same
 * time, with values that agree, each at most once.
 */
final class Pairing {
  /** A call that the other recording does not hold. */
  static final int ALONE = -1;

  /** How far two stamps of a call may be apart that cannot be mistaken, in nanoseconds. */
  static final long FARTHEST = 200_000_000;

  /** A machine that was stopped for longer would have ended its guest's connections anyway. */
  static final long LONGEST_STOP = 600_000_000_000L;

  private static final int NEIGHBOURHOOD = 256;

  private final Calls here;
  private final Calls there;
  private final Clocks clocks;
  private final long tolerance;
  private final int[] theirs;
  private final BitSet taken = new BitSet();

  /** True once those that agree in everything are found: a call on windows may differ in result. */
  private boolean anyResult;

  /** LIOBN of each table that the guest names by address, as pairs of calls have told so far. */
  private final Map<Long, Long> liobnOfTable = new HashMap<>();

  private Pairing(Calls here, Calls there, Clocks clocks, long tolerance) {
    this.here = here;
    this.there = there;
    this.clocks = clocks;
    this.tolerance = tolerance;
    this.theirs = there.byKey();
  }

  /** For each call here the index of its twin there, or {@link #ALONE}. */
  static int[] of(Calls here, Calls there, Clocks clocks, long tolerance) {
    return new Pairing(here, there, clocks, tolerance).twins();
  }

  private int[] twins() {
    int[] twins = new int[here.size];
    for (int i = 0; i < here.size; i++) {
      twins[i] = twin(i);
    }
    anyResult = true;
    for (int i = 0; i < here.size; i++) {
      if (twins[i] == ALONE && here.is(i, Calls.WINDOW)) {
        twins[i] = twin(i);
      }
    }
    anyResult = false;
    betweenNeighbours(twins);
    return twins;
  }

  /**
   * Where a clock stood still its shift is not known to the moment. A call there has its twin
   * between the twins of the calls around it.
   */
  private void betweenNeighbours(int[] twins) {
    long lowest = Long.MIN_VALUE;
    for (int i = 0; i < twins.length; i++) {
      if (twins[i] != ALONE) {
        lowest = there.time[twins[i]];
      } else if (lowest != Long.MIN_VALUE) {
        long highest = nextTwin(twins, i);
        if (highest == Long.MIN_VALUE && here.is(i, Calls.WINDOW)) {
          highest = lowest + LONGEST_STOP;
        }
        twins[i] = highest < lowest ? ALONE : first(i, lowest, highest);
      }
    }
  }

  /** Time of the twin of the next call that has one, the earliest of all if none has. */
  private long nextTwin(int[] twins, int call) {
    int last = Math.min(twins.length, call + NEIGHBOURHOOD);
    for (int i = call + 1; i < last; i++) {
      if (twins[i] != ALONE) {
        return there.time[twins[i]];
      }
    }
    return Long.MIN_VALUE;
  }

  private int first(int call, long from, long to) {
    for (int i = there.firstOf(here.key[call], from); i < theirs.length; i++) {
      int other = theirs[i];
      if (there.key[other] != here.key[call] || there.time[other] > to) {
        return ALONE;
      }
      if (!taken.get(other) && fits(call, other)) {
        return take(call, other);
      }
    }
    return ALONE;
  }

  private int take(int call, int other) {
    taken.set(other);
    learn(call, other);
    return other;
  }

  private int twin(int call) {
    long time = here.time[call];
    int stretch = clocks.stretchOf(time);
    int best = nearest(call, clocks.there(stretch, time));
    if (best == ALONE && clocks.mayBeNext(stretch, time)) {
      best = nearest(call, clocks.there(stretch + 1, time));
    }
    return best == ALONE ? ALONE : take(call, best);
  }

  /** Calls that name their window cannot be taken for another one nearby. */
  private long tolerance(int call) {
    boolean isNamed = here.is(call, Calls.RANGE) || here.is(call, Calls.WINDOW);
    return isNamed && !anyResult ? FARTHEST : tolerance;
  }

  private int nearest(int call, long expected) {
    int best = ALONE;
    long nearest = Long.MAX_VALUE;
    long apartAtMost = tolerance(call);
    if (here.is(call, Calls.RANGE)) {
      // All calls of a range look alike; they come in order.
      return first(call, expected - apartAtMost, expected + apartAtMost);
    }
    for (int i = there.firstOf(here.key[call], expected - apartAtMost); i < theirs.length; i++) {
      int other = theirs[i];
      if (there.key[other] != here.key[call] || there.time[other] > expected + apartAtMost) {
        break;
      }
      long apart = Math.abs(there.time[other] - expected);
      if (apart < nearest && !taken.get(other) && fits(call, other)) {
        nearest = apart;
        best = other;
      }
    }
    return best;
  }

  private boolean fits(int call, int other) {
    if (!agree(here, call, there, other) || (!anyResult && differsInResult(call, other))) {
      return false;
    }
    // A map names its page, so it can teach a table's LIOBN; a clear has to be taught.
    Long known = liobnOfTable.get(here.table[call]);
    return known == null || tellsPage(call) || known == there.liobn[other];
  }

  /** Calls on windows are alike but for their results: a guest tries again what was refused. */
  private boolean differsInResult(int call, int other) {
    boolean done = here.status[call] == HcallStatus.H_SUCCESS;
    return here.is(call, Calls.WINDOW) && done != (there.status[other] == HcallStatus.H_SUCCESS);
  }

  private boolean tellsPage(int call) {
    return here.real[call] != Calls.ABSENT;
  }

  private void learn(int call, int other) {
    if (here.table[call] != Calls.ABSENT && tellsPage(call)) {
      liobnOfTable.put(here.table[call], there.liobn[other]);
    }
  }

  /** True if nothing that both records hold speaks against their being one call. */
  static boolean agree(Calls here, int call, Calls there, int other) {
    if (here.liobn[call] != Calls.ABSENT
        && there.liobn[other] != Calls.ABSENT
        && here.liobn[call] != there.liobn[other]) {
      return false;
    }
    if (here.is(call, Calls.WINDOW) && !sameSize(here, call, there, other)) {
      return false;
    }
    boolean list = there.is(other, Calls.LAST_ONLY);
    if (list && there.status[other] != HcallStatus.H_SUCCESS) {
      // The value is that of an entry somewhere in the list.
      return true;
    }
    if (here.real[call] != Calls.ABSENT && there.value[other] != Calls.ABSENT) {
      return there.value[other] == lastValue(here, call, there.shift[other]);
    }
    boolean comparable = list ? here.is(call, Calls.WHOLE_LIST) : !here.is(call, Calls.LAST_ONLY);
    return !comparable
        || here.value[call] == Calls.ABSENT
        || there.value[other] == Calls.ABSENT
        || here.value[call] == there.value[other];
  }

  /** True unless both tell how large a window was asked for, and not the same. */
  private static boolean sameSize(Calls here, int call, Calls there, int other) {
    return here.pages[call] == Calls.ABSENT
        || there.pages[other] == Calls.ABSENT
        || here.pages[call] == there.pages[other];
  }

  /** The entry that maps the last page of a buffer, in a table with pages of that size. */
  private static long lastValue(Calls calls, int call, int shift) {
    long pages = calls.pages[call] == Calls.ABSENT ? 1 : calls.pages[call];
    long first = calls.real[call] >>> shift << shift;
    return first + ((pages - 1) << shift) | calls.permission[call];
  }
}
