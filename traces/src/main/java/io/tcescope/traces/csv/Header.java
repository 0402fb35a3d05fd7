package io.tcescope.traces.csv;

import io.tcescope.traces.text.TextCursor;
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
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern TITLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_ -]*");

  private final Map<Column, Integer> positions = new EnumMap<>(Column.class);
  private final List<String> unknown = new ArrayList<>();
  private final long end;

  private Header(List<String> titles, long end) {
    this.end = end;
    for (int i = 0; i < titles.size(); i++) {
      Column column = Column.of(titles.get(i));
      if (column == null || positions.putIfAbsent(column, i) != null) {
        unknown.add(titles.get(i));
      }
    }
  }

  /** The header of these bytes, null if their first line is no list of column titles. */
  static @Nullable Header of(MemorySegment bytes) {
    long end = new TextCursor(bytes).lineEnd(0);
    if (end > LONGEST) {
      return null;
    }
    byte[] line = bytes.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    List<String> titles = new ArrayList<>();
    for (String cell : text.split(",", -1)) {
      String title = cell.strip().replaceAll("^\"|\"$", "");
      if (!TITLE.matcher(title).matches()) {
        return null;
      }
      titles.add(title);
    }
    return new Header(titles, Math.min(end + 1, bytes.byteSize()));
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

  /** Offset of the first row. */
  long end() {
    return end;
  }

  /** A single word is no table, unless it is the one column that every table needs. */
  boolean looksLikeTable() {
    return positions.size() + unknown.size() > 1;
  }
}
