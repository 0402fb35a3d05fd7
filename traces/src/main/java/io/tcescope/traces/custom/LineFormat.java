package io.tcescope.traces.custom;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.csv.Column;
import io.tcescope.traces.csv.Row;
import io.tcescope.traces.csv.RowEvents;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's description of a text: what its lines mean, tried on samples before it is used. */
public final class LineFormat {
  /**
   * One kind of line as the user describes it.
   *
   * @param pattern a line with {@code {column}} where a value stands
   * @param constants columns that are the same for all such lines, {@code call} mostly
   * @param words for a column, the cells that words in it stand for
   * @param samples lines of that kind, at least one
   */
  public record Kind(
      String pattern,
      Map<String, String> constants,
      Map<String, Map<String, String>> words,
      List<Sample> samples) {}

  /**
   * A line and what it must tell.
   *
   * @param gives cells by column; numbers count as numbers
   */
  public record Sample(String line, Map<String, String> gives) {}

  private final List<LineRule> rules = new ArrayList<>();
  private final List<LinePattern> ignored = new ArrayList<>();

  /**
   * A format that has passed its own samples.
   *
   * @param ignored patterns of lines that mean nothing
   * @throws IllegalArgumentException with what is wrong, in words for its author
   */
  public LineFormat(List<Kind> kinds, List<String> ignored) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("it describes no line");
    }
    kinds.forEach(kind -> rules.add(rule(kind)));
    ignored.forEach(pattern -> this.ignored.add(pattern("ignore", pattern)));
    for (int i = 0; i < kinds.size(); i++) {
      tryOut(kinds.get(i), rules.get(i));
    }
  }

  private static LineRule rule(Kind kind) {
    Map<Column, String> constants = new EnumMap<>(Column.class);
    kind.constants.forEach((name, cell) -> constants.put(column(name), cell));
    Map<Column, Map<String, String>> words = new EnumMap<>(Column.class);
    kind.words.forEach((name, meanings) -> words.put(column(name), meanings));
    return new LineRule(pattern("pattern", kind.pattern), constants, words);
  }

  private static LinePattern pattern(String what, String text) {
    try {
      return LinePattern.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " `" + text + "`: " + e.getMessage(), e);
    }
  }

  private static Column column(String name) {
    Column column = Column.of(name);
    if (column == null) {
      throw new IllegalArgumentException("there is no column `" + name + "`");
    }
    return column;
  }

  private void tryOut(Kind kind, LineRule rule) {
    if (kind.samples.isEmpty()) {
      throw new IllegalArgumentException("pattern `" + kind.pattern + "` has no sample");
    }
    for (Sample sample : kind.samples) {
      String trouble = trouble(sample, rule);
      if (!trouble.isEmpty()) {
        throw new IllegalArgumentException("sample `" + sample.line + "`: " + trouble);
      }
    }
  }

  /** What is wrong with a sample, empty if nothing is. */
  private String trouble(Sample sample, LineRule rule) {
    LineRule first = ruleFor(sample.line);
    Row row = first == null ? null : first.row(sample.line);
    if (row == null) {
      return "no pattern matches it";
    }
    if (!rule.equals(first)) {
      return "an earlier pattern matches it";
    }
    String wrong = decode(row, new Event().begin(1, 1));
    for (Map.Entry<String, String> expected : sample.gives.entrySet()) {
      String told = row.text(column(expected.getKey()));
      if (wrong.isEmpty() && !isSame(told, expected.getValue())) {
        wrong = expected.getKey() + " is `" + told + "`, not `" + expected.getValue() + "`";
      }
    }
    return wrong;
  }

  private static boolean isSame(String told, String expected) {
    try {
      return told.equals(expected) || Long.decode(told).equals(Long.decode(expected));
    } catch (NumberFormatException notNumbers) {
      return false;
    }
  }

  private @Nullable LineRule ruleFor(String line) {
    for (LineRule rule : rules) {
      if (rule.row(line) != null) {
        return rule;
      }
    }
    return null;
  }

  /** The line as a row, null if no pattern matches it. */
  @Nullable Row row(String line) {
    for (LineRule rule : rules) {
      Row row = rule.row(line);
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  /** True if the line is empty or of a kind that means nothing. */
  boolean isIgnored(String line) {
    return line.isBlank() || ignored.stream().anyMatch(pattern -> pattern.match(line) != null);
  }

  /** Fills the event from a row; says what is wrong with it, empty if nothing is. */
  static String decode(Row row, Event event) {
    String call = row.text(Column.CALL);
    EventKind kind = RowEvents.kind(call);
    if (kind == null) {
      return "no such call: " + (call.isEmpty() ? "(none)" : call);
    }
    try {
      RowEvents.fill(row, kind, event);
      return "";
    } catch (NumberFormatException e) {
      return row.trouble();
    }
  }
}
