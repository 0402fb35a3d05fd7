package io.tcescope.queries.language;

import io.tcescope.engine.event.HcallStatus;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a query as text that {@link QueryParser} reads as the same query. */
public final class QueryPrinter {
  private static final long SECOND = 1_000_000_000L;

  private QueryPrinter() {}

  public static String print(Query query) {
    return switch (query) {
      case Query.Everything _ -> "*";
      case Query.All(var parts) -> joined(parts, " and ");
      case Query.Any(var parts) -> joined(parts, " or ");
      case Query.Not(var inner) -> "not " + operand(inner);
      case Query.Exists(var field) -> field.word() + ":*";
      case Query.Name(var field, var pattern) -> field.word() + ":" + quoted(pattern);
      case Query.Range number -> number(number);
      case Query.Window(long liobn, long generation) ->
          "window:"
              + hex(liobn)
              + (generation == Query.Window.ANY_GENERATION ? "" : "#" + generation);
      case Query.Time(var from, var to) -> "time:[" + point(from) + ".." + point(to) + "]";
      case Query.Text(var words) -> "text:\"" + String.join(" ", words) + "\"";
      case Query.Lucene(var text) -> "lucene:" + quoted(text);
      case Query.Events(var ordinals) -> events(ordinals);
    };
  }

  private static String events(Collection<Long> ordinals) {
    return ordinals.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" or ", "event:(", ")"));
  }

  private static String joined(List<Query> parts, String word) {
    return parts.stream().map(QueryPrinter::operand).collect(Collectors.joining(word));
  }

  private static String operand(Query query) {
    boolean compound = query instanceof Query.All || query instanceof Query.Any;
    return compound ? "(" + print(query) + ")" : print(query);
  }

  private static String number(Query.Range number) {
    QueryField field = number.field();
    if (number.from() == number.to()) {
      return field.word() + ":" + value(field, number.from());
    }
    if (number.to() == field.greatest()) {
      return field.word() + " >= " + value(field, number.from());
    }
    return field.word()
        + ":["
        + value(field, number.from())
        + ".."
        + value(field, number.to())
        + "]";
  }

  private static String value(QueryField field, long value) {
    if (field.type() == QueryField.Type.STATUS) {
      return HcallStatus.name(value);
    }
    return field.type() == QueryField.Type.HEX ? hex(value) : Long.toUnsignedString(value);
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** All nine decimals: fewer would stand for a span of time. */
  private static String point(TimePoint point) {
    return switch (point) {
      case TimePoint.Open _ -> "*";
      case TimePoint.Elapsed(long time) -> seconds(time) + "s";
      case TimePoint.Absolute(long time) -> seconds(time);
      case TimePoint.AtEvent(long ordinal) -> "@event:" + ordinal;
    };
  }

  private static String seconds(long time) {
    return time / SECOND + "." + String.format("%09d", time % SECOND);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
