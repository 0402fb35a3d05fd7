package io.tcescope.traces.guest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lines of text in memory, found eight bytes at a time. */
public final class Lines {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = '\n' * ONES;

  private Lines() {}

  /** Where the line that holds {@code from} ends: at its newline, or at the end of the bytes. */
  public static long end(MemorySegment bytes, long from) {
    long size = bytes.byteSize();
    long at = from;
    for (; at + Long.BYTES <= size; at += Long.BYTES) {
      // The lowest high bit set marks the first zero byte of the difference.
      long difference = bytes.get(WORD, at) ^ NEWLINES;
      long zero = (difference - ONES) & ~difference & HIGHS;
      if (zero != 0) {
        return at + (Long.numberOfTrailingZeros(zero) >>> 3);
      }
    }
    while (at < size && bytes.get(ValueLayout.JAVA_BYTE, at) != '\n') {
      at++;
    }
    return at;
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
