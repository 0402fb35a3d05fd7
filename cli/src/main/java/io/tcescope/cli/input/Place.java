package io.tcescope.cli.input;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.timeline.Moment;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands, as every output refers to it.
 *
 * @param event its ordinal in the run, from 1; 0 is before the first
 * @param line its line or record number in its file
 * @param time decimal seconds as recorded; null if it has no time stamp
 * @param file its file's index in the run
 * @param record the record as it stands in the file, or its name if that is no text
 */
public record Place(long event, long line, @Nullable String time, int file, String record) {
  /** Before the first event. */
  public static final Place START = new Place(0, 0, null, 0, "");

  private static final int NANO_DIGITS = 9;

  /** The place of the event that the row holds now. */
  public static Place of(Event event) {
    String raw = event.raw();
    return new Place(
        event.ordinal(),
        event.line(),
        seconds(event.time(), event.timeDigits()),
        event.file(),
        raw.isEmpty() ? event.name() : raw);
  }

  /** The place of a moment, without its record. */
  public static Place of(Moment moment) {
    String time = seconds(moment.time(), moment.timeDigits());
    return new Place(moment.event(), moment.line(), time, moment.file(), "");
  }

  /** A time stamp in seconds with as many decimals as were recorded; null if there is none. */
  public static @Nullable String seconds(long time, int digits) {
    if (time == Event.NO_TIME) {
      return null;
    }
    return BigDecimal.valueOf(time, NANO_DIGITS)
        .setScale(digits, java.math.RoundingMode.DOWN)
        .toPlainString();
  }
}
