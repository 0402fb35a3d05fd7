package io.tcescope.traces.csv;

import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Numbers of lines by their offsets: a row may fill several lines, so the number of a row does not
 * tell that of its line. Readers note some as they pass; any thread may use them.
 */
final class LineNumbers {
  /** Rows between two that are noted. */
  private static final int INTERVAL = 256;

  private final MemorySegment bytes;
  private final ConcurrentSkipListMap<Long, Long> noted = new ConcurrentSkipListMap<>();

  LineNumbers(MemorySegment bytes) {
    this.bytes = bytes;
    noted.put(0L, 1L);
  }

  /** A row begins there. */
  void note(long ordinal, long offset, long line) {
    if (ordinal % INTERVAL == 0) {
      remember(offset, line);
    }
  }

  /** A line begins there, as somebody says who has passed it. */
  void remember(long offset, long line) {
    noted.putIfAbsent(offset, line);
  }

  /** The number of the line that begins at an offset. */
  long at(long offset) {
    Map.Entry<Long, Long> known = noted.floorEntry(offset);
    long line = known.getValue();
    for (long at = Lines.end(bytes, known.getKey()) + 1;
        at <= offset;
        at = Lines.end(bytes, at) + 1) {
      line++;
    }
    return line;
  }
}
