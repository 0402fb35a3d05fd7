package io.tcescope.cli.input;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Says of a point that lies outside of its recording which moment is shown instead. */
final class PointDoubt {
  private static final String PAST = " is past the end: ";

  private PointDoubt() {}

  /** Of a point that was found to lie after that many events. */
  static Optional<String> of(Point point, Trace trace, long events) {
    return switch (point) {
      case Point.End() -> Optional.empty();
      case Point.AfterEvent(long ordinal) ->
          ordinal <= events
              ? Optional.empty()
              : Optional.of("event:" + ordinal + PAST + "the recording has " + events + " events");
      case Point.AfterLine line ->
          events == 0 ? Optional.of(before(line, trace)) : past(line, trace, events);
      case Point.Since(long elapsed) ->
          events == 0
              ? Optional.of(seconds(elapsed) + "s is before the first event")
              : past(seconds(elapsed) + "s", elapsed, trace, events, Point.firstTime(trace));
      case Point.AtTime(long time) ->
          events == 0
              ? Optional.of(before(time, trace))
              : past(seconds(time), time, trace, events, 0);
    };
  }

  private static String before(Point.AfterLine point, Trace trace) {
    Event first = new Event();
    return trace.read(1).next(first)
        ? point + " is before the first event, at line " + first.line()
        : "the recording has no events";
  }

  /** Seldom meant: a number without a unit is a time as recorded. */
  private static String before(long time, Trace trace) {
    String number = seconds(time);
    String others = number + "s (since the first event)";
    String instead =
        number.contains(".") ? others : "line:" + number + ", event:" + number + " or " + others;
    return number
        + " is a time as recorded, before the first event at "
        + seconds(Point.firstTime(trace))
        + "; did you mean "
        + instead
        + "?";
  }

  private static Optional<String> past(Point.AfterLine point, Trace trace, long events) {
    int file = point.fileIn(trace);
    return end(trace, events, event -> event.file() == file, Event::line)
        .filter(last -> last < point.line())
        .map(last -> point + PAST + "the last event is at line " + last);
  }

  /** Of a time since that origin. */
  private static Optional<String> past(
      String shown, long time, Trace trace, long events, long origin) {
    String unit = shown.endsWith("s") ? "s" : "";
    return end(trace, events, Point::isTimed, event -> event.time() - origin)
        .filter(last -> last < time)
        .map(last -> shown + PAST + "the last event is at " + seconds(last) + unit);
  }

  /** Where the last such event stands, if none comes after that many events. */
  private static Optional<Long> end(
      Trace trace, long events, Predicate<Event> counts, ToLongFunction<Event> where) {
    Event event = new Event();
    for (TraceReader behind = trace.read(events + 1); behind.next(event); ) {
      if (counts.test(event)) {
        return Optional.empty();
      }
    }
    long last = Long.MIN_VALUE;
    for (TraceReader all = trace.read(1); all.next(event); ) {
      last = counts.test(event) ? where.applyAsLong(event) : last;
    }
    return Optional.of(last);
  }

  private static String seconds(long nanoseconds) {
    return BigDecimal.valueOf(nanoseconds, 9).stripTrailingZeros().toPlainString();
  }
}
