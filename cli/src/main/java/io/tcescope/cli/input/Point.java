package io.tcescope.cli.input;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.TimePoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;

/** A moment of a recording, as written on the command line. */
public sealed interface Point {
  /** After the last event. */
  record End() implements Point {}

  /** After that many events. */
  record AfterEvent(long ordinal) implements Point {}

  /** After that line of the file. */
  record AfterLine(long line) implements Point {}

  /** That long after the first event that has a time, in nanoseconds. */
  record Since(long nanoseconds) implements Point {}

  /** At that time as recorded, in nanoseconds. */
  record AtTime(long nanoseconds) implements Point {}

  /** What every command's help says about points. */
  String SYNTAX = "end, event:N, line:N, 12.5s (since the first event), or a time as recorded";

  /** Reads a point; a wrong one is a mistake of usage. */
  final class Parser implements ITypeConverter<Point> {
    @Override
    public Point convert(String text) {
      try {
        return parse(text.strip());
      } catch (NumberFormatException | ArithmeticException e) {
        throw new picocli.CommandLine.TypeConversionException(
            "'" + text + "' is no point: use " + SYNTAX);
      }
    }

    private static Point parse(String text) {
      if (text.equals("end")) {
        return new End();
      }
      if (text.startsWith("event:")) {
        return new AfterEvent(Long.parseUnsignedLong(text.substring("event:".length())));
      }
      if (text.startsWith("line:")) {
        return new AfterLine(Long.parseUnsignedLong(text.substring("line:".length())));
      }
      return text.endsWith("s")
          ? new Since(nanoseconds(text.substring(0, text.length() - 1)))
          : new AtTime(nanoseconds(text));
    }

    private static long nanoseconds(String seconds) {
      return new BigDecimal(seconds).movePointRight(9).toBigInteger().longValueExact();
    }
  }

  /**
   * The number of events that come before the point.
   *
   * @param events how many the recording has
   */
  default long resolve(Trace trace, long events) {
    return switch (this) {
      case End() -> events;
      case AfterEvent(long ordinal) -> Math.min(ordinal, events);
      case AfterLine(long line) -> lastBefore(trace, isBehindLine(trace, line));
      case Since(long nanoseconds) -> {
        long first = firstTime(trace);
        yield lastBefore(trace, event -> isTimed(event) && event.time() - first > nanoseconds);
      }
      case AtTime(long nanoseconds) -> {
        firstTime(trace);
        yield lastBefore(trace, event -> isTimed(event) && event.time() > nanoseconds);
      }
    };
  }

  /** The same for a run that is indexed. */
  default long resolve(SearchableRun run, long events) throws IOException {
    TimePoint open = new TimePoint.Open();
    return switch (this) {
      case End() -> events;
      case AfterEvent(long ordinal) -> Math.min(ordinal, events);
      case AfterLine(long line) ->
          before(run, new Query.Range(QueryField.LINE, line + 1, Long.MAX_VALUE), events);
      case Since(long nanoseconds) ->
          timed(run, new Query.Time(new TimePoint.Elapsed(nanoseconds + 1), open), events);
      case AtTime(long nanoseconds) ->
          timed(run, new Query.Time(new TimePoint.Absolute(nanoseconds + 1), open), events);
    };
  }

  /**
   * What to say of a point before the first event, which is seldom meant: a number without a unit
   * is a time as recorded.
   *
   * @param events how many come before the point
   */
  default Optional<String> doubt(Trace trace, long events) {
    if (events > 0 || !(this instanceof AtTime(long nanoseconds))) {
      return Optional.empty();
    }
    String number = seconds(nanoseconds);
    String others = number + "s (since the first event)";
    String instead =
        number.contains(".") ? others : "line:" + number + ", event:" + number + " or " + others;
    return Optional.of(
        number
            + " is a time as recorded, before the first event at "
            + seconds(firstTime(trace))
            + "; did you mean "
            + instead
            + "?");
  }

  private static String seconds(long nanoseconds) {
    return BigDecimal.valueOf(nanoseconds, 9).stripTrailingZeros().toPlainString();
  }

  private static long timed(SearchableRun run, Query behind, long events) throws IOException {
    if (before(run, new Query.Exists(QueryField.TIME), events) == events) {
      throw withoutTimes();
    }
    return before(run, behind, events);
  }

  /** The last event before the first that matches. */
  private static long before(SearchableRun run, Query behind, long events) throws IOException {
    long[] last = {events};
    run.search(
        behind,
        (event, facts) -> {
          last[0] = event.ordinal() - 1;
          return false;
        });
    return last[0];
  }

  private static UsageException withoutTimes() {
    return new UsageException("the recording has no time stamps: use event:N or line:N");
  }

  private static boolean isTimed(Event event) {
    return event.time() != Event.NO_TIME;
  }

  private static long firstTime(Trace trace) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      if (isTimed(event)) {
        return event.time();
      }
    }
    throw withoutTimes();
  }

  /** Lines count in the first file; a file that follows it is behind all of them. */
  private static Predicate<Event> isBehindLine(Trace trace, long line) {
    boolean fused = trace.source() == SourceKind.FUSED;
    return event -> event.file() == 0 ? event.line() > line : !fused;
  }

  /** The last event before the first that lies behind the point. */
  private static long lastBefore(Trace trace, Predicate<Event> isBehind) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    long last = 0;
    while (reader.next(event) && !isBehind.test(event)) {
      last = event.ordinal();
    }
    return last;
  }
}
