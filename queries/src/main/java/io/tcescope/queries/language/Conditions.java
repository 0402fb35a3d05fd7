package io.tcescope.queries.language;

import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Makes conditions from a field and what is written behind it. All methods throw {@link
 * IllegalArgumentException} with a message for the user where that means nothing.
 */
final class Conditions {
  /** How QEMU's names of records begin. */
  private static final String RECORDERS_OWN = "spapr_";

  private Conditions() {}

  static Query of(QueryField field, String text) {
    if (text.equals("*")) {
      return new Query.Exists(field);
    }
    return switch (field.type()) {
      case CALL -> call(text);
      case NAME -> name(field, text);
      case HEX, COUNT -> exactly(field, number(field, text));
      case STATUS -> status(text);
      case WINDOW -> window(text);
      case PE -> pe(text);
      case TIME -> time(text);
      case TEXT, SAVED, LUCENE ->
          throw new IllegalArgumentException(field + " has no single values");
    };
  }

  private static Query exactly(QueryField field, long value) {
    return new Query.Range(field, value, value);
  }

  private static Query call(String text) {
    NamePattern pattern = new NamePattern(text);
    OptionalLong opcode = Quantity.number(text);
    if (opcode.isPresent()) {
      return new Query.Name(QueryField.CALL, Long.toUnsignedString(opcode.getAsLong()));
    }
    if (CallNames.isAny(pattern)) {
      return new Query.Name(QueryField.CALL, text);
    }
    if (text.startsWith(RECORDERS_OWN)) { // which is more exact than the call it tells of
      return new Query.Name(QueryField.NAME, text);
    }
    throw unknown("call", text, CallNames.names());
  }

  private static Query name(QueryField field, String text) {
    NamePattern pattern = new NamePattern(text);
    if (field == QueryField.EFFECT && Effects.matching(pattern) == 0) {
      throw unknown("effect", text, Effects.all());
    }
    List<String> rules = Arrays.stream(Rule.values()).map(Rule::id).toList();
    if (field == QueryField.FINDING && rules.stream().noneMatch(pattern::matches)) {
      throw unknown("rule", text, rules);
    }
    return field == QueryField.KIND ? kind(text, pattern) : new Query.Name(field, text);
  }

  private static Query kind(String text, NamePattern pattern) {
    List<String> groups =
        Arrays.stream(EventKind.Group.values())
            .map(g -> g.name().toLowerCase(Locale.ROOT))
            .toList();
    if (groups.stream().anyMatch(pattern::matches)) {
      return new Query.Name(QueryField.KIND, text);
    }
    boolean call = CallNames.isAny(pattern) || text.startsWith(RECORDERS_OWN);
    throw call
        ? unknown("kind", text, " (did you mean call:" + text + "?)")
        : unknown("kind", text, groups);
  }

  private static Query status(String text) {
    if (text.indexOf('*') >= 0) {
      return new Query.Name(QueryField.RET, text);
    }
    return exactly(QueryField.RET, number(QueryField.RET, text));
  }

  private static Query window(String text) {
    int hash = text.indexOf('#');
    String liobn = hash < 0 ? text : text.substring(0, hash);
    String generation = hash < 0 ? "*" : text.substring(hash + 1);
    long wanted =
        generation.equals("*") ? Query.Window.ANY_GENERATION : number(QueryField.EVENT, generation);
    if (wanted < 0 || (wanted == 0 && !generation.equals("*"))) {
      throw new IllegalArgumentException("generations of a window count from 1");
    }
    return new Query.Window(number(QueryField.LIOBN, liobn), wanted);
  }

  private static Query pe(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return exactly(QueryField.BUID, number(QueryField.BUID, text));
    }
    long config = number(QueryField.CONFIG_ADDRESS, text.substring(slash + 1));
    return new Query.All(
        List.of(pe(text.substring(0, slash)), exactly(QueryField.CONFIG_ADDRESS, config)));
  }

  private static Query time(String text) {
    TimePoint point = point(text, false);
    return new Query.Time(point, point(text, true));
  }

  static Query between(QueryField field, String from, String to) {
    if (field == QueryField.TIME) {
      return orderedTime(point(from, false), point(to, true));
    }
    requireNumbers(field, "ranges");
    long first = from.equals("*") ? field.least() : number(field, from);
    long last = to.equals("*") ? field.greatest() : number(field, to);
    if (!field.inOrder(first, last)) {
      throw new IllegalArgumentException("the range runs backwards");
    }
    return new Query.Range(field, first, last);
  }

  private static Query orderedTime(TimePoint from, TimePoint to) {
    boolean backwards =
        switch (from) {
          case TimePoint.Elapsed(long a) -> to instanceof TimePoint.Elapsed(long b) && a > b;
          case TimePoint.Absolute(long a) -> to instanceof TimePoint.Absolute(long b) && a > b;
          case TimePoint.AtEvent(long a) -> to instanceof TimePoint.AtEvent(long b) && a > b;
          case TimePoint.Open _ -> false;
        };
    if (backwards) {
      throw new IllegalArgumentException("the range runs backwards");
    }
    return new Query.Time(from, to);
  }

  static Query compared(QueryField field, String comparison, String text) {
    if (field == QueryField.TIME) {
      return comparedTime(comparison, text);
    }
    requireNumbers(field, "comparisons; a value such as <idle> goes in quotes");
    long value = number(field, text);
    boolean up = comparison.startsWith(">");
    boolean strict = comparison.length() == 1;
    if (strict && value == (up ? field.greatest() : field.least())) {
      throw new IllegalArgumentException("nothing is " + (up ? "above " : "below ") + text);
    }
    return up
        ? new Query.Range(field, strict ? value + 1 : value, field.greatest())
        : new Query.Range(field, field.least(), strict ? value - 1 : value);
  }

  private static Query comparedTime(String comparison, String text) {
    TimePoint open = new TimePoint.Open();
    return switch (comparison) {
      case ">=" -> new Query.Time(point(text, false), open);
      case ">" -> new Query.Time(moved(point(text, true), 1), open);
      case "<=" -> new Query.Time(open, point(text, true));
      default -> new Query.Time(open, moved(point(text, false), -1));
    };
  }

  private static TimePoint moved(TimePoint point, long by) {
    return switch (point) {
      case TimePoint.Open open -> open;
      case TimePoint.Elapsed(long time) -> new TimePoint.Elapsed(time + by);
      case TimePoint.Absolute(long time) -> new TimePoint.Absolute(time + by);
      case TimePoint.AtEvent(long ordinal) -> new TimePoint.AtEvent(ordinal + by);
    };
  }

  /**
   * A written time stands for all that begins with its digits, so as the end of a range it is the
   * last nanosecond of these.
   */
  private static TimePoint point(String text, boolean last) {
    if (text.equals("*")) {
      return new TimePoint.Open();
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("@event:")) {
      return new TimePoint.AtEvent(number(QueryField.EVENT, text.substring("@event:".length())));
    }
    Quantity.Written time = Quantity.time(text);
    if (time == null) {
      throw new IllegalArgumentException("'" + text + "' is no time such as 12.5s or @event:812");
    }
    long value = last ? time.nanoseconds() + time.step() - 1 : time.nanoseconds();
    return time.elapsed() ? new TimePoint.Elapsed(value) : new TimePoint.Absolute(value);
  }

  private static void requireNumbers(QueryField field, String what) {
    if (!field.isNumber()) {
      throw new IllegalArgumentException("'" + field.word() + "' has no " + what);
    }
  }

  private static long number(QueryField field, String text) {
    if (field.type() == QueryField.Type.STATUS) {
      OptionalLong named = HcallStatus.value(text.toUpperCase(Locale.ROOT));
      if (named.isPresent()) {
        return named.getAsLong();
      }
    }
    OptionalLong number = Quantity.number(text);
    if (number.isEmpty()) {
      boolean status = field.type() == QueryField.Type.STATUS;
      String hint = status ? Spelling.hint(text, HcallStatus.names()) : "";
      throw new IllegalArgumentException(
          "'" + text + "' is no " + (status ? "status" : "number") + hint);
    }
    return number.getAsLong();
  }

  private static IllegalArgumentException unknown(String what, String text, List<String> known) {
    return unknown(what, text, Spelling.hint(text, known));
  }

  private static IllegalArgumentException unknown(String what, String text, String hint) {
    return new IllegalArgumentException("there is no " + what + " '" + text + "'" + hint);
  }
}
