package io.tcescope.cli.input;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.language.Query;
import io.tcescope.queries.language.QueryField;
import io.tcescope.queries.language.TimePoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;

/** A moment of a recording, as written on the command line. */
public sealed interface Point {
  /** After the last event. */
  record End() implements Point {}

  /** After that many events. */
  record AfterEvent(long ordinal) implements Point {}

  /**
   * After that line of a file.
   *
   * @param name the file, or the end of its path; empty for the first of the run
   */
  record AfterLine(String name, long line) implements Point {
    /** The index of the file in the run. */
    int fileIn(Trace trace) {
      return fileIn(trace.files());
    }

    private int fileIn(List<String> files) {
      List<String> meant =
          files.stream().filter(file -> name.isEmpty() || Path.of(file).endsWith(name)).toList();
      if (meant.isEmpty() || (meant.size() > 1 && !name.isEmpty())) {
        String which = meant.isEmpty() ? "no file" : "more than one file";
        throw new UsageException(
            this + ": " + which + " of the run is named so; there are " + String.join(", ", files));
      }
      return files.indexOf(meant.getFirst());
    }

    @Override
    public String toString() {
      return (name.isEmpty() ? "line" : name) + ":" + line;
    }
  }

  /** That long after the first event that has a time, in nanoseconds. */
  record Since(long nanoseconds) implements Point {}

  /** At that time as recorded, in nanoseconds. */
  record AtTime(long nanoseconds) implements Point {}

  /** What every command's help says about points. */
  String SYNTAX =
      "end, event:N, line:N, FILE:N (that line of a file of the run), 12.5s (since the first"
          + " event), or a time as recorded";

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
      int colon = text.lastIndexOf(':');
      if (colon > 0) {
        String name = text.substring(0, colon);
        long line = Long.parseUnsignedLong(text.substring(colon + 1));
        return new AfterLine(name.equals("line") ? "" : name, line);
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
      case AfterLine point -> lastUpTo(trace, point.fileIn(trace), point.line());
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
      case AfterLine point -> {
        point.fileIn(run.files());
        yield before(
            run, new Query.Range(QueryField.LINE, point.line() + 1, Long.MAX_VALUE), events);
      }
      case Since(long nanoseconds) ->
          timed(run, new Query.Time(new TimePoint.Elapsed(nanoseconds + 1), open), events);
      case AtTime(long nanoseconds) ->
          timed(run, new Query.Time(new TimePoint.Absolute(nanoseconds + 1), open), events);
    };
  }

  /**
   * What to say of a point that lies outside of the recording: another moment is shown then.
   *
   * @param events how many come before the point
   */
  default Optional<String> doubt(Trace trace, long events) {
    return PointDoubt.of(this, trace, events);
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

  static boolean isTimed(Event event) {
    return event.time() != Event.NO_TIME;
  }

  static long firstTime(Trace trace) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    while (reader.next(event)) {
      if (isTimed(event)) {
        return event.time();
      }
    }
    throw withoutTimes();
  }

  /** The last event of those lines of the file; if they have none, what comes before the file. */
  private static long lastUpTo(Trace trace, int file, long line) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    long lastOfFile = 0;
    while (reader.next(event)) {
      if (event.file() == file && event.line() > line) {
        return lastOfFile > 0 ? lastOfFile : event.ordinal() - 1;
      }
      lastOfFile = event.file() == file ? event.ordinal() : lastOfFile;
    }
    return lastOfFile;
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
