package io.tcescope.traces.fusion;

import java.util.ArrayList;
import java.util.List;

/**
 * The clock of one recording against another's over the whole run. A virtual machine that is
 * stopped for a while (a snapshot, a migration) has a clock that stands still against its host's,
 * so there is one clock for each stretch between such jumps.
 */
final class Clocks {
  /** Two stamps of one event are taken at different moments; scheduling can come between. */
  private static final long JITTER = 20_000_000;

  private static final double LARGEST_DRIFT = 2e-3;

  /** A lone pair of stamps may be a coincidence. */
  private static final int PAIRS_OF_A_STRETCH = 2;

  /** No clock at all: no call tells how two recordings stand to each other. */
  static final Clocks NONE = new Clocks(Rising.NONE, List.of());

  private final Rising pairs;
  private final List<Clock> stretches;

  private Clocks(Rising pairs, List<Clock> stretches) {
    this.pairs = pairs;
    this.stretches = stretches;
  }

  /** One clock for all time. */
  static Clocks of(Clock clock) {
    return new Clocks(Rising.NONE, List.of(clock));
  }

  /**
   * The clocks that pairs of stamps of shared events tell.
   *
   * @param sure true if every pair is known to be one event, so that a lone one counts too
   */
  static Clocks through(Rising candidates, boolean sure) {
    Rising chain = candidates.supported(JITTER).longest();
    Rising kept = new Rising();
    List<Clock> stretches = new ArrayList<>();
    for (int from = 0; from < chain.size(); ) {
      int to = from + 1;
      while (to < chain.size() && isSteady(chain, to - 1, to)) {
        to++;
      }
      if (sure || to - from >= PAIRS_OF_A_STRETCH || chain.size() == 1) {
        Rising stretch = chain.range(from, to);
        stretches.add(Clock.fit(stretch));
        kept.addAll(stretch);
      }
      from = to;
    }
    return new Clocks(kept, stretches);
  }

  /**
   * The course of a recording without times: its ordinals against the times of shared events, which
   * only their order sets.
   */
  static Clocks inOrder(Rising candidates) {
    Rising chain = candidates.longest();
    return chain.size() == 0 ? NONE : new Clocks(chain, List.of(Clock.fit(chain)));
  }

  /** True if the clocks ran alike from one pair to the next. */
  private static boolean isSteady(Rising chain, int before, int after) {
    long here = chain.x(after) - chain.x(before);
    long there = chain.y(after) - chain.y(before);
    return Math.abs(there - here) <= JITTER + (long) (LARGEST_DRIFT * here);
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }

  /** Pairs of stamps of shared events, rising. */
  Rising pairs() {
    return pairs;
  }

  /** How often one of the clocks stood still. */
  int jumps() {
    return stretches.size() - 1;
  }

  Clock first() {
    return stretches.getFirst();
  }

  long error() {
    return stretches.stream().mapToLong(Clock::error).max().orElse(0);
  }

  /** The stretch that a time belongs to: the last that has begun, or the first. */
  int stretchOf(long time) {
    int low = 0;
    int high = stretches.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (stretches.get(middle).from() <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The other recording's time by the clock of that stretch. */
  long there(int stretch, long time) {
    return stretches.get(stretch).there(time);
  }

  /** The time of the first shared event of that stretch. */
  long begins(int stretch) {
    return stretches.get(stretch).from();
  }

  boolean hasNext(int stretch) {
    return stretch + 1 < stretches.size();
  }

  /** True if the time is behind the stretch's last shared event and another stretch follows. */
  boolean mayBeNext(int stretch, long time) {
    return stretch + 1 < stretches.size() && time > stretches.get(stretch).to();
  }

  /** The other recording's time: between shared events in proportion, else by the clock. */
  long there(long time) {
    int before = pairs.floor(time);
    if (before >= 0 && before < pairs.size() - 1) {
      return pairs.between(before, time);
    }
    int stretch = stretchOf(time);
    if (pairs.size() == 0) {
      return there(stretch, time);
    }
    int nearest = Math.max(before, 0);
    return pairs.y(nearest) + there(stretch, time) - there(stretch, pairs.x(nearest));
  }
}
