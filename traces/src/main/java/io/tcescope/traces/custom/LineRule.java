package io.tcescope.traces.custom;

import io.tcescope.traces.csv.Column;
import io.tcescope.traces.csv.Row;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of line means.
 *
 * @param pattern where its fields stand
 * @param constants cells that every such line has
 * @param words for a column, what the words in it mean, such as {@code ok} for {@code 0}
 */
record LineRule(
    LinePattern pattern, Map<Column, String> constants, Map<Column, Map<String, String>> words) {

  /** The line as a row, null if it is another kind of line. */
  @Nullable Row row(String line) {
    Map<Column, String> fields = pattern.match(line);
    if (fields == null) {
      return null;
    }
    Map<Column, String> cells = new EnumMap<>(Column.class);
    cells.putAll(constants);
    fields.forEach((column, text) -> cells.put(column, meaning(column, text)));
    return new Row(column -> cells.getOrDefault(column, ""));
  }

  private String meaning(Column column, String text) {
    return words.getOrDefault(column, Map.of()).getOrDefault(text, text);
  }
}
