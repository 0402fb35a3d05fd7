package io.tcescope.traces.csv;

import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CSV's first row: where each column stands, and what stands there besides. */
final class Header {
  private static final int ABSENT = -1;
  private static final int LONGEST = 4096;

  /** The recorder's own words before the header are no more. */
  private static final int LAST_LINE = 64;

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern TITLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_ -]*");

  private final Map<Column, Integer> positions = new EnumMap<>(Column.class);
  private final List<String> unknown = new ArrayList<>();
  private final long line;
  private final long end;

  private Header(List<String> titles, long line, long end) {
    this.line = line;
    this.end = end;
    for (int i = 0; i < titles.size(); i++) {
      Column column = Column.of(titles.get(i));
      if (column == null || positions.putIfAbsent(column, i) != null) {
        unknown.add(titles.get(i));
      }
    }
  }

  /**
   * The header of these bytes, null if they do not begin with a list of column titles. What the
   * recorder says before it is passed.
   */
  static @Nullable Header of(MemorySegment bytes) {
    long at = 0;
    for (long line = 1; line <= LAST_LINE && at < bytes.byteSize(); line++) {
      long end = Lines.end(bytes, at);
      if (end - at > LONGEST) {
        return null;
      }
      byte[] ascii = bytes.asSlice(at, end - at).toArray(ValueLayout.JAVA_BYTE);
      String text = new String(ascii, StandardCharsets.ISO_8859_1);
      at = Math.min(end + 1, bytes.byteSize());
      if (!RecorderNote.of(text).isNote()) {
        return of(text, line, at);
      }
    }
    return null;
  }

  private static @Nullable Header of(String first, long line, long end) {
    String text =
        first.startsWith(BYTE_ORDER_MARK) ? first.substring(BYTE_ORDER_MARK.length()) : first;
    List<String> titles = new ArrayList<>();
    for (String cell : text.split(",", -1)) {
      String title = cell.strip().replaceAll("^\"|\"$", "");
      if (!TITLE.matcher(title).matches()) {
        return null;
      }
      titles.add(title);
    }
    return new Header(titles, line, end);
  }

  boolean has(Column column) {
    return positions.containsKey(column);
  }

  /** The cell that a column has in each row, negative if none. */
  int position(Column column) {
    return positions.getOrDefault(column, ABSENT);
  }

  /** Titles that mean nothing here, or that stand twice. */
  List<String> unknown() {
    return unknown;
  }

  /** The line it stands on. */
  long line() {
    return line;
  }

  /** Offset of the first row. */
  long end() {
    return end;
  }

  /** A single word is no table, unless it is the one column that every table needs. */
  boolean looksLikeTable() {
    return positions.size() + unknown.size() > 1;
  }
}
