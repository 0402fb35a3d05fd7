package io.tcescope.traces.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Lines of text in memory, found eight bytes at a time. */
public final class Lines {
  private Lines() {}

  /** Where the line that holds {@code from} ends: at its newline, or at the end of the bytes. */
  public static long end(MemorySegment bytes, long from) {
    long size = bytes.byteSize();
    for (long at = from; at < size; at += Octet.LENGTH) {
      int before = Octet.before(Octet.at(bytes, at), '\n');
      if (before < Octet.LENGTH) {
        return at + before;
      }
    }
    return size;
  }

  /** Where the next line begins behind a line that ends at {@code end}. */
  public static long next(MemorySegment bytes, long end) {
    return Math.min(end + 1, bytes.byteSize());
  }

  /** The text from {@code from} to {@code end}, at most {@code limit} bytes, without its CR. */
  public static String text(MemorySegment bytes, long from, long end, int limit) {
    long to = end;
    if (to > from && bytes.get(ValueLayout.JAVA_BYTE, to - 1) == '\r') {
      to--;
    }
    byte[] copy = bytes.asSlice(from, Math.min(to - from, limit)).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
