package io.tcescope.scripting;

import java.time.Duration;

/**
 * What one call into a script may use before it is stopped. A call hands over one rare event, or up
 * to {@link EventBatch#ROWS} frequent ones.
 *
 * @param statements statements executed; the only limit that is the same on every machine
 * @param time processor time, for what runs long without executing statements (a regular
 *     expression)
 * @param bytes memory allocated, kept or not
 */
public record Limits(long statements, Duration time, long bytes) {
  /** A script that looks at so many events may use as much again. */
  private static final double EVENTS_PER_SHARE = 100_000;

  private static final long STATEMENTS = 200_000_000;
  private static final long MOST_BYTES = 1L << 30;

  /** Enough for any rule that looks at each event once. */
  public static Limits defaults() {
    long share = Runtime.getRuntime().maxMemory() / 2;
    return new Limits(STATEMENTS, Duration.ofSeconds(10), Math.min(MOST_BYTES, share));
  }

  /** So many times as much, of each at least one. */
  public Limits times(double factor) {
    return new Limits(
        Math.max(1, (long) (statements * factor)),
        Duration.ofNanos(Math.max(1, (long) (time.toNanos() * factor))),
        Math.max(1, (long) (bytes * factor)));
  }

  /** For calls each of which may look at all of so many events. */
  public Limits forEvents(long events) {
    return times(1 + events / EVENTS_PER_SHARE);
  }

  public Limits withBytes(long other) {
    return new Limits(statements, time, other);
  }
}
