package io.tcescope.traces.csv;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVRecord;

/** The cells of a row of a table; the table's bytes were read as characters one by one. */
record TableCells(Header header, CSVRecord cells) implements Row.Cells {
  @Override
  public String text(Column column) {
    int position = header.position(column);
    if (position < 0 || position >= cells.size()) {
      return "";
    }
    String bytes = cells.get(position).strip();
    return isAscii(bytes)
        ? bytes
        : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }
}
