package io.tcescope.engine.event;

/**
 * Reads a trace front to back. Never throws for a bad record: it counts it in {@link #health()} and
 * goes on.
 */
public interface TraceReader {
  /**
   * Fills {@code event} with the next record; false at the end, with the event's contents
   * undefined.
   */
  boolean next(Event event);

  /**
   * Goes on to an event that this reader has not passed yet, and fills {@code event} with it; false
   * at the end. What lies between need not show in {@link #health()}.
   */
  default boolean find(long ordinal, Event event) {
    while (next(event)) {
      if (event.ordinal() >= ordinal) {
        return true;
      }
    }
    return false;
  }

  /** Bytes of the recording consumed so far. */
  long position();

  /**
   * What could not be read up to here. Complete only for a reader that started at the first event.
   */
  TraceHealth health();
}
