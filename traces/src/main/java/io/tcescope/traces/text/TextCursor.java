package io.tcescope.traces.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in a text that moves forward over literals and numbers. What is not there as expected
 * makes the cursor {@link #failed}; a caller checks once, at the end of a line.
 *
 * <p>The text is read in words of eight bytes ("SIMD within a register"), which is what keeps a log
 * of a gigabyte to a second or two; behind its end it reads as zero bytes.
 */
public final class TextCursor {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WORD_BYTES = 8;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };
  private static final long NEW_LINES = ONES * '\n';

  /** Enough for the copy to cost nothing, and little enough for a look at a single line. */
  private static final int WINDOW = 1 << 12;

  /** Kept before a position that is not in the window: prefixes and names are looked at again. */
  private static final int KEPT_BEFORE = 64;

  private final MemorySegment bytes;
  private final long size;
  private final long lastWord;

  /**
   * A copy of the text around the cursor: an array is read with fewer checks than a mapped file.
   */
  private final byte[] window = new byte[WINDOW];

  private long windowStart;

  /** At so many positions from its start on the window holds a whole word. */
  private long wordsInWindow;

  private long at;
  private boolean failed;

  public TextCursor(MemorySegment bytes) {
    this.bytes = bytes;
    this.size = bytes.byteSize();
    this.lastWord = size - WORD_BYTES;
  }

  /** Goes to a position and forgets earlier failures. */
  public void moveTo(long position) {
    at = position;
    failed = false;
  }

  /** Eight characters as the word that they are in memory. */
  public static long wordOf(String text) {
    return Literal.of(text).head;
  }

  public long position() {
    return at;
  }

  public boolean failed() {
    return failed;
  }

  public boolean isAtEnd() {
    return at >= size;
  }

  private long word(long position) {
    long inWindow = position - windowStart;
    return Long.compareUnsigned(inWindow, wordsInWindow) < 0
        ? (long) WORD.get(window, (int) inWindow)
        : wordOutside(position);
  }

  private long wordOutside(long position) {
    if (position > lastWord) {
      return lastBytes(position);
    }
    windowStart = Math.max(0, position - KEPT_BEFORE);
    int length = (int) Math.min(WINDOW, size - windowStart);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, windowStart, window, 0, length);
    wordsInWindow = length - (WORD_BYTES - 1L);
    return (long) WORD.get(window, (int) (position - windowStart));
  }

  private long lastBytes(long position) {
    long word = 0;
    for (int i = 0; i < WORD_BYTES && position + i < size; i++) {
      word |= (long) byteAt(position + i) << (8 * i);
    }
    return word;
  }

  /** The byte at a position, 0 behind the end. */
  public int byteAt(long position) {
    long inWindow = position - windowStart;
    if (Long.compareUnsigned(inWindow, wordsInWindow) < 0) {
      return window[(int) inWindow] & 0xff;
    }
    return position < size ? bytes.get(ValueLayout.JAVA_BYTE, position) & 0xff : 0;
  }

  /** The byte at the cursor, 0 behind the end. */
  public int peek() {
    return byteAt(at);
  }

  /** The eight bytes that stand {@code ahead} bytes behind the cursor. */
  public long peekWord(int ahead) {
    return word(at + ahead);
  }

  public void advance(int count) {
    at += count;
  }

  /** True if the literal stands at the cursor. */
  public boolean isAt(Literal literal) {
    return ((word(at) ^ literal.head) & literal.headMask) == 0
        && (literal.tailMask == 0
            || ((word(at + WORD_BYTES) ^ literal.tail) & literal.tailMask) == 0);
  }

  /** Passes the literal if it is there. */
  public boolean skip(Literal literal) {
    if (!isAt(literal)) {
      return false;
    }
    at += literal.length;
    return true;
  }

  /** What stands here is not what should. */
  public void fail() {
    failed = true;
  }

  /** A hexadecimal number of 1 to 16 digits, unsigned. */
  public long hex() {
    long word = word(at);
    int digits = digitsBeforeDelimiter(word);
    if (digits < WORD_BYTES) {
      at += digits;
      failed |= digits == 0;
      return hexDigits(word, digits);
    }
    long high = hexDigits(word, WORD_BYTES);
    word = word(at + WORD_BYTES);
    digits = digitsBeforeDelimiter(word);
    at += WORD_BYTES + digits;
    if (digits == WORD_BYTES) {
      failed |= digitsBeforeDelimiter(word(at)) != 0;
    }
    return digits == 0 ? high : high << (4 * digits) | hexDigits(word, digits);
  }

  /** Bytes before the first one below '0': a blank, comma, minus, line end, or the text's end. */
  private static int digitsBeforeDelimiter(long word) {
    long below = (word - ONES * '0') & HIGHS;
    return Long.numberOfTrailingZeros(below) >>> 3;
  }

  private long hexDigits(long word, int digits) {
    if (digits == 0) {
      return 0;
    }
    int unused = 64 - 8 * digits;
    long text = word << unused;
    long wanted = HIGHS & (-1L << unused);
    long decimal = ~((text ^ ONES * '0') + ONES * 0x76);
    long letter = (text | ONES * 0x20) ^ ONES * 0x60;
    long alpha = ~(letter + ONES * 0x79) & (letter + ONES * 0x7f);
    failed |= ((decimal | alpha) & ~text & wanted) != wanted;
    long nibbles = (text & ONES * 0x0f) + 9 * (text >>> 6 & ONES);
    return Long.compress(Long.reverseBytes(nibbles), ONES * 0x0f);
  }

  /** A decimal number with an optional minus sign. */
  public long decimal() {
    boolean negative = (word(at) & 0xff) == '-';
    if (negative) {
      at++;
    }
    long value = unsigned();
    return negative ? -value : value;
  }

  /** A decimal number of at least one digit. */
  public long unsigned() {
    long word = word(at);
    int digits = decimalDigitsIn(word);
    failed |= digits == 0;
    long value = decimalValue(word, digits);
    at += digits;
    while (digits == WORD_BYTES) {
      word = word(at);
      digits = decimalDigitsIn(word);
      value = value * POWERS_OF_TEN[digits] + decimalValue(word, digits);
      at += digits;
    }
    return value;
  }

  private static int decimalDigitsIn(long word) {
    long other = ((word ^ ONES * '0') + ONES * 0x76 | word) & HIGHS;
    return Long.numberOfTrailingZeros(other) >>> 3;
  }

  private static long decimalValue(long word, int digits) {
    return digits == 0 ? 0 : decimalDigits((word & ONES * 0x0f) << (64 - 8 * digits));
  }

  /** Exactly six decimal digits. */
  public long sixDigits() {
    long word = word(at) << 16;
    long wanted = HIGHS & (-1L << 16);
    long decimal = ~((word ^ ONES * '0') + ONES * 0x76);
    failed |= (decimal & ~word & wanted) != wanted;
    at += 6;
    return decimalDigits(word & ONES * 0x0f & (-1L << 16));
  }

  /** Eight nibbles, the most significant lowest, as a number. */
  private static long decimalDigits(long nibbles) {
    long pairs = nibbles * 10 + (nibbles >>> 8);
    long mask = 0x000000ff000000ffL;
    return ((pairs & mask) * 0x000f424000000064L + (pairs >>> 16 & mask) * 0x0000271000000001L)
        >>> 32;
  }

  /** True at a line's end ("\n" or "\r\n") or the text's end; passes it. */
  public boolean endOfLine() {
    int next = peek();
    if (next == '\r') {
      at++;
      next = peek();
    }
    if (next == '\n') {
      at++;
      return true;
    }
    return isAtEnd();
  }

  /** Goes to the end of the line. */
  public void skipLine() {
    at = lineEnd(at);
  }

  /** Where the line that holds a position ends: at its '\n', or at the text's end. */
  public long lineEnd(long from) {
    long position = from;
    while (position <= lastWord) {
      long differs = word(position) ^ NEW_LINES;
      long found = (differs - ONES) & ~differs & HIGHS;
      if (found != 0) {
        return position + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      position += WORD_BYTES;
    }
    while (position < size && byteAt(position) != '\n') {
      position++;
    }
    return position;
  }

  /** Where a text stands first between two positions, -1 if nowhere. */
  public long find(Literal literal, long from, long to) {
    long first = literal.head & 0xff;
    for (long position = from; position + literal.length <= to; position++) {
      if (byteAt(position) == first) {
        long before = at;
        at = position;
        boolean found = isAt(literal);
        at = before;
        if (found) {
          return position;
        }
      }
    }
    return -1;
  }
}
