package io.tcescope.traces.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Eight characters of a text in one word ("SIMD within a register"), the first in its lowest byte.
 */
public final class Octet {
  /** Characters in a word. */
  public static final int LENGTH = 8;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NIBBLES = ONES * 0x0f;

  private Octet() {}

  /** The characters from a place on; behind the end of the text they are zero. */
  public static long at(MemorySegment bytes, long place) {
    return place <= bytes.byteSize() - LENGTH ? bytes.get(WORD, place) : last(bytes, place);
  }

  private static long last(MemorySegment bytes, long place) {
    long word = 0;
    for (int i = 0; i < LENGTH && place + i < bytes.byteSize(); i++) {
      word |= (bytes.get(ValueLayout.JAVA_BYTE, place + i) & 0xffL) << (8 * i);
    }
    return word;
  }

  /** Ones where the first {@code count} characters are, at most all. */
  public static long mask(long count) {
    return count >= LENGTH ? -1 : (1L << (8 * count)) - 1;
  }

  /** How many characters come before the first that is {@code wanted}; 8 if none is. */
  public static int before(long word, char wanted) {
    return Long.numberOfTrailingZeros(marks(word, wanted)) >>> 3;
  }

  /** A word whose lowest bit set is in the first character that is {@code wanted}; 0 if none is. */
  public static long marks(long word, char wanted) {
    long differs = word ^ ONES * wanted;
    // The lowest high bit set marks the first zero byte of the difference.
    return (differs - ONES) & ~differs & HIGHS;
  }

  /** How many blanks the word begins with. */
  public static int blanks(long word) {
    return Long.numberOfTrailingZeros(word ^ ONES * ' ') >>> 3;
  }

  /** How many decimal digits the word begins with. */
  public static int decimalDigits(long word) {
    long other = ((word ^ ONES * '0') + ONES * 0x76 | word) & HIGHS;
    return Long.numberOfTrailingZeros(other) >>> 3;
  }

  /** The number in the first characters, which are decimal digits. */
  public static long decimal(long word, int digits) {
    if (digits == 0) {
      return 0;
    }
    long nibbles = (word & NIBBLES) << (64 - 8 * digits);
    long pairs = nibbles * 10 + (nibbles >>> 8);
    long mask = 0x000000ff000000ffL;
    return ((pairs & mask) * 0x000f424000000064L + (pairs >>> 16 & mask) * 0x0000271000000001L)
        >>> 32;
  }

  /** How many hexadecimal digits of either case the word begins with. */
  public static int hexDigits(long word) {
    long notDecimal = (word ^ ONES * '0') + ONES * 0x76;
    long letter = (word | ONES * 0x20) ^ ONES * 0x60;
    long alpha = ~(letter + ONES * 0x79) & (letter + ONES * 0x7f);
    return Long.numberOfTrailingZeros(((notDecimal & ~alpha) | word) & HIGHS) >>> 3;
  }

  /** The number in the first characters, which are hexadecimal digits. */
  public static long hex(long word, int digits) {
    if (digits == 0) {
      return 0;
    }
    long nibbles = (word & NIBBLES) + 9 * (word >>> 6 & ONES);
    return Long.compress(Long.reverseBytes(nibbles << (64 - 8 * digits)), NIBBLES);
  }
}
