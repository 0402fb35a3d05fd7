package io.tcescope.queries.language;

/** A moment of a run as a query names it. */
public sealed interface TimePoint {
  /** Before everything or behind everything. */
  record Open() implements TimePoint {}

  /** Nanoseconds from the first event that has a time. */
  record Elapsed(long nanoseconds) implements TimePoint {}

  /** Nanoseconds as recorded, whatever their epoch. */
  record Absolute(long nanoseconds) implements TimePoint {}

  /**
   * The position of an event. It compares by position and not by time stamp, so it is exact where
   * stamps repeat and works where the recording has none.
   */
  record AtEvent(long ordinal) implements TimePoint {}
}
