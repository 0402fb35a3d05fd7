package io.tcescope.queries.timeline;

import io.tcescope.engine.event.Event;

/**
 * Where an event stands in its run.
 *
 * @param event its ordinal, 0 for {@link #NEVER}
 * @param time in nanoseconds, {@link Event#NO_TIME} if it has no time stamp
 * @param timeDigits decimals of a second as recorded
 */
public record Moment(long event, long line, long time, int timeDigits, int file) {
  /** Before the recording, or not until its end. */
  public static final Moment NEVER = new Moment(0, 0, Event.NO_TIME, 0, 0);

  /** The moment of the event that the row holds now. */
  public static Moment of(Event event) {
    return new Moment(
        event.ordinal(), event.line(), event.time(), event.timeDigits(), event.file());
  }

  public boolean isKnown() {
    return event > 0;
  }
}
