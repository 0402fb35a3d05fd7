package io.tcescope.traces.custom;

import io.tcescope.traces.csv.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line with fields in it, such as {@code [{time_ns:s}] put liobn={liobn:x} ioba={ioba} -> {ret}}.
 *
 * <p>A name in braces is a column of the neutral CSV; {@code :x} says that its number is
 * hexadecimal without 0x, {@code :s}, {@code :ms}, {@code :us} that a time is in that unit; <code>
 * {*}</code> is anything; <code>{{</code> is a brace. A blank stands for one or more, and there may
 * be some before a number. A number is as long as its characters go; a text ends where what follows
 * it in the pattern stands first. So a line is read in one pass, and no line can make it slow.
 */
final class LinePattern {
  private static final Set<Column> TEXTS =
      EnumSet.of(Column.TASK, Column.DEVICE, Column.CALL, Column.LIST, Column.TEXT);

  /**
   * What stands before a field, then the field.
   *
   * @param literal text before it
   * @param column null for anything
   */
  private record Part(String literal, @Nullable Column column, Unit unit) {
    boolean isText() {
      return column == null || TEXTS.contains(column);
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final String tail;

  private LinePattern(String pattern) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '{' || pattern.startsWith("{{", i)) {
        literal.append(c);
        i += c == '{' ? 1 : 0;
        continue;
      }
      int end = pattern.indexOf('}', i);
      if (end < 0) {
        throw new IllegalArgumentException("a field without its closing brace");
      }
      add(literal.toString(), pattern.substring(i + 1, end));
      literal.setLength(0);
      i = end;
    }
    tail = literal.toString().stripTrailing();
  }

  private void add(String literal, String field) {
    int colon = field.indexOf(':');
    String name = colon < 0 ? field : field.substring(0, colon);
    Column column = name.equals("*") ? null : Column.of(name);
    if (column == null && !name.equals("*")) {
      throw new IllegalArgumentException("{" + field + "}: there is no such column");
    }
    if (!parts.isEmpty() && parts.getLast().isText() && literal.isEmpty()) {
      throw new IllegalArgumentException("{" + field + "}: nothing stands before it to end a text");
    }
    Unit unit = colon < 0 ? Unit.AS_WRITTEN : Unit.of(field.substring(colon + 1));
    if (unit.isTime() && column != Column.TIME_NS) {
      throw new IllegalArgumentException("{" + field + "}: only time_ns has such a unit");
    }
    parts.add(new Part(parts.isEmpty() ? literal.stripLeading() : literal, column, unit));
  }

  /** A pattern; throws IllegalArgumentException with what is wrong with it. */
  static LinePattern of(String pattern) {
    LinePattern compiled = new LinePattern(pattern);
    if (compiled.parts.isEmpty() && compiled.tail.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    return compiled;
  }

  /** The fields of a line, null if it is another kind of line. */
  @Nullable Map<Column, String> match(String line) {
    Map<Column, String> fields = new EnumMap<>(Column.class);
    int at = afterBlanks(line, 0);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int from = passed(line, at, part.literal);
      if (from < 0) {
        return null;
      }
      if (!part.isText()) {
        from = afterBlanks(line, from);
      }
      at = part.isText() ? find(line, from, after(i)) : endOfNumber(line, from);
      if (part.isText() ? at < from : at == from) {
        return null;
      }
      if (part.column != null) {
        fields.put(part.column, part.unit.cell(line.substring(from, at).strip()));
      }
    }
    int end = passed(line, at, parts.isEmpty() ? tail.stripLeading() : tail);
    return end >= 0 && line.substring(end).isBlank() ? fields : null;
  }

  private static int afterBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line, at)) {
      at++;
    }
    return at;
  }

  /** The text that ends a field. */
  private String after(int part) {
    return part + 1 < parts.size() ? parts.get(part + 1).literal : tail;
  }

  private static boolean isBlank(String line, int at) {
    char c = line.charAt(at);
    return c == ' ' || c == '\t';
  }

  /** Where a literal that stands at a place ends, -1 if it does not stand there. */
  private static int passed(String line, int from, String literal) {
    int at = from;
    for (int i = 0; i < literal.length(); i++) {
      boolean blank = isBlank(literal, i);
      if (at == line.length()
          || (blank ? !isBlank(line, at) : line.charAt(at) != literal.charAt(i))) {
        return -1;
      }
      at++;
      while (blank && at < line.length() && isBlank(line, at)) {
        at++;
      }
      while (blank && i + 1 < literal.length() && isBlank(literal, i + 1)) {
        i++;
      }
    }
    return at;
  }

  /** Where a literal stands first, the end of the line for an empty one, -1 if nowhere. */
  private static int find(String line, int from, String literal) {
    if (literal.isEmpty()) {
      return line.length();
    }
    for (int at = from; at < line.length(); at++) {
      if (passed(line, at, literal) >= 0) {
        return at;
      }
    }
    return -1;
  }

  private static int endOfNumber(String line, int from) {
    int at = from;
    while (at < line.length() && isOfNumber(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isOfNumber(char c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '_' || c == '-' || c == '.';
  }
}
