package io.tcescope.traces.csv;

import io.tcescope.traces.text.Lines;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table with their places. Where the parser gives up (an open quote, a row that never
 * ends) the line is passed as broken and parsing begins anew behind it.
 */
final class Rows {
  /** A longer row is no row; it also bounds what one open quote can swallow, in bytes. */
  private static final int LONGEST = 1 << 20;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();

  private final MemorySegment bytes;
  private final long size;
  private Source source;
  private Iterator<CSVRecord> parsed;
  private long start;
  private long next;
  private long line;
  private long nextLine;
  private @Nullable CSVRecord row;
  private String trouble = "";

  /** Rows from {@code offset} on, which is the beginning of that line. */
  Rows(MemorySegment bytes, long offset, long line) {
    this.bytes = bytes;
    this.size = bytes.byteSize();
    this.next = offset;
    this.nextLine = line;
    this.source = new Source(offset);
    this.parsed = parse(source);
  }

  /** Goes to the next row, whole or broken; false at the end. */
  boolean advance() {
    passEmptyLines();
    if (next >= size) {
      return false;
    }
    start = next;
    line = nextLine;
    source.limit = start + LONGEST;
    row = parse();
    if (row == null) {
      pass(1);
      source = new Source(next);
      parsed = parse(source);
    } else {
      pass(1 + lineBreaksIn(row));
    }
    return true;
  }

  private @Nullable CSVRecord parse() {
    try {
      CSVRecord record = parsed.next();
      if (Lines.end(bytes, start) - start > LONGEST) {
        trouble = "a row of more than " + LONGEST + " bytes";
        return null;
      }
      return record;
    } catch (UncheckedIOException | NoSuchElementException e) {
      trouble = String.valueOf(e.getMessage());
      return null;
    }
  }

  private void passEmptyLines() {
    int first = byteAt(next);
    while (next < size && (first == '\n' || first == '\r')) {
      nextLine += first == '\n' ? 1 : 0;
      next++;
      first = byteAt(next);
    }
  }

  /** The byte at a place, 0 behind the end. */
  private int byteAt(long place) {
    return place < size ? bytes.get(ValueLayout.JAVA_BYTE, place) : 0;
  }

  private void pass(int lines) {
    for (int i = 0; i < lines && next < size; i++) {
      next = Math.min(Lines.end(bytes, next) + 1, size);
      nextLine++;
    }
  }

  private static int lineBreaksIn(CSVRecord row) {
    int breaks = 0;
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      int at = cell.indexOf('\n');
      while (at >= 0) {
        breaks++;
        at = cell.indexOf('\n', at + 1);
      }
    }
    return breaks;
  }

  private static Iterator<CSVRecord> parse(Source source) {
    try {
      return CSVParser.builder().setReader(source).setFormat(FORMAT).get().iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row's cells, null if it is broken. */
  @Nullable CSVRecord row() {
    return row;
  }

  /** Why the row is broken. */
  String trouble() {
    return trouble;
  }

  /** Offset of the row. */
  long start() {
    return start;
  }

  /** Offset behind the row. */
  long end() {
    return next;
  }

  long line() {
    return line;
  }

  /** The bytes as characters of one byte each, so that characters and offsets agree. */
  private final class Source extends Reader {
    private long at;
    private long limit;

    Source(long at) {
      this.at = at;
      this.limit = at + LONGEST;
    }

    @Override
    public int read(char[] chars, int offset, int length) {
      int count = (int) Math.min(length, Math.min(size, limit) - at);
      if (count <= 0) {
        return -1;
      }
      for (int i = 0; i < count; i++) {
        chars[offset + i] = (char) (bytes.get(ValueLayout.JAVA_BYTE, at + i) & 0xff);
      }
      at += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
