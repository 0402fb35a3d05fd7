package io.tcescope.traces.fusion;

import java.util.Arrays;

/**
 * How the clock of one recording stands to that of another for some time: {@code there = here +
 * offset + drift * (here - origin)}.
 *
 * @param origin time of the recording at which {@code offset} holds, in nanoseconds
 * @param from the first and {@code to} the last shared event it rests on
 * @param error half the width of the band that holds 19 of 20 shared events, in nanoseconds
 */
record Clock(long origin, long offset, double drift, long from, long to, long error) {
  /** With fewer points, or over a shorter time, a drift would be noise. */
  private static final int POINTS_FOR_DRIFT = 10;

  private static final long TIME_FOR_DRIFT = 1_000_000_000;

  /** No two clocks of working machines differ by more. */
  private static final double LARGEST_DRIFT = 2e-3;

  /** A clock that is ahead by that much, now and always. */
  static Clock ahead(long offset) {
    return new Clock(0, offset, 0, Long.MIN_VALUE, Long.MAX_VALUE, 0);
  }

  /** The time of the other recording. */
  long there(long time) {
    return time + offset + (long) (drift * (time - origin));
  }

  /** The clock that fits pairs of stamps of the same events, most of which are right. */
  static Clock fit(Rising pairs) {
    int count = pairs.size();
    long origin = pairs.x(count / 2);
    double drift = drift(pairs);
    long[] rest = new long[count];
    for (int i = 0; i < count; i++) {
      rest[i] = pairs.y(i) - pairs.x(i) - (long) (drift * (pairs.x(i) - origin));
    }
    Arrays.sort(rest);
    long offset = rest[count / 2];
    for (int i = 0; i < count; i++) {
      rest[i] = Math.abs(rest[i] - offset);
    }
    Arrays.sort(rest);
    long error = rest[(int) (0.95 * (count - 1))];
    return new Clock(origin, offset, drift, pairs.x(0), pairs.x(count - 1), error);
  }

  /** The median of the slopes between far pairs (Theil and Sen): outliers do not move it. */
  private static double drift(Rising pairs) {
    int count = pairs.size();
    if (count < POINTS_FOR_DRIFT || pairs.x(count - 1) - pairs.x(0) < TIME_FOR_DRIFT) {
      return 0;
    }
    int half = count / 2;
    double[] slopes = new double[half];
    int found = 0;
    for (int i = 0; i < half; i++) {
      long run = pairs.x(i + half) - pairs.x(i);
      if (run > TIME_FOR_DRIFT / 10) {
        slopes[found++] = (double) (pairs.y(i + half) - pairs.y(i) - run) / run;
      }
    }
    Arrays.sort(slopes, 0, found);
    double median = found == 0 ? 0 : slopes[found / 2];
    return Math.abs(median) > LARGEST_DRIFT ? 0 : median;
  }
}
