package io.tcescope.traces.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A position in a text that moves forward over literals and numbers. What is not there as expected
 * makes the cursor {@link #failed}; a caller checks once, at the end of a line.
 *
 * <p>The text is read in words of eight bytes ({@link Octet}), and through a small copy of what is
 * around the cursor: an array costs fewer checks than a mapped file, and its code is compiled
 * sooner. Behind the text's end there are zero bytes.
 */
public final class TextCursor {
  /** Enough for the copy to cost nothing, and little enough for a look at a single line. */
  private static final int WINDOW = 1 << 12;

  /** Kept before the cursor when the window moves: what was just passed is looked at again. */
  private static final int KEPT = 64;

  /** A line that begins that far from the window's end is mostly inside. */
  private static final int USUAL_LINE = 256;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private final MemorySegment bytes;
  private final long size;
  final byte[] window = new byte[WINDOW];

  /** Position of the window's first byte. */
  private long start;

  /** Where the cursor stands in the window. */
  int at;

  private long endOfText;
  boolean failed;

  public TextCursor(MemorySegment bytes) {
    this.bytes = bytes;
    this.size = bytes.byteSize();
    moveWindow(0);
  }

  /** Eight characters as the word that they are in memory. */
  public static long wordOf(String text) {
    return Literal.of(text).head;
  }

  /** Goes to the beginning of a line, or of what may be one, and forgets earlier failures. */
  public void moveTo(long position) {
    goTo(position);
    failed = false;
  }

  private void goTo(long position) {
    long inWindow = position - start;
    if (inWindow >= 0 && inWindow < WINDOW - USUAL_LINE) {
      at = (int) inWindow;
    } else {
      moveWindow(position);
    }
  }

  private void moveWindow(long position) {
    start = Math.max(0, position - KEPT);
    int length = Math.clamp(size - start, 0, WINDOW);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start, window, 0, length);
    Arrays.fill(window, length, WINDOW, (byte) 0);
    at = (int) (position - start);
  }

  public long position() {
    return start + at;
  }

  public boolean failed() {
    return failed;
  }

  /** What stands here is not what should. */
  public void fail() {
    failed = true;
  }

  public boolean isAtEnd() {
    return start + at >= size;
  }

  /** The eight bytes that stand {@code ahead} bytes behind the cursor, or a few before it. */
  public long peekWord(int ahead) {
    int place = at + ahead;
    if (Integer.compareUnsigned(place, window.length - (Long.BYTES - 1)) >= 0) {
      moveWindow(start + at);
      place = at + ahead;
    }
    return word(window, place);
  }

  /** The eight bytes at a place of the window. */
  static long word(byte[] window, int place) {
    return (long) WORD.get(window, place);
  }

  /** The same place, in a window that holds so many bytes from there on. */
  int near(int place, int wanted) {
    if (place <= WINDOW - wanted) {
      return place;
    }
    moveWindow(start + place);
    return at;
  }

  /** The byte at the cursor, 0 behind the end. */
  public int peek() {
    return (int) peekWord(0) & 0xff;
  }

  /** The byte at a position, 0 behind the end. */
  public int byteAt(long position) {
    long inWindow = position - start;
    if (inWindow >= 0 && inWindow < WINDOW) {
      return window[(int) inWindow] & 0xff;
    }
    return position < size ? bytes.get(ValueLayout.JAVA_BYTE, position) & 0xff : 0;
  }

  public void advance(int count) {
    at += count;
  }

  /** True if the literal stands at the cursor. */
  public boolean isAt(Literal literal) {
    at = near(at, Literal.LONGEST);
    return literal.isAt(window, at);
  }

  /** Passes the literal if it is there. */
  public boolean skip(Literal literal) {
    if (!isAt(literal)) {
      return false;
    }
    at += literal.length;
    return true;
  }

  /** A decimal number with an optional minus sign. */
  long decimal() {
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    long value = unsigned();
    return negative ? -value : value;
  }

  /** A decimal number of at least one digit. */
  public long unsigned() {
    long word = peekWord(0);
    int digits = Octet.decimalDigits(word);
    failed |= digits == 0;
    long value = Octet.decimal(word, digits);
    at += digits;
    while (digits == Octet.LENGTH) {
      word = peekWord(0);
      digits = Octet.decimalDigits(word);
      value = value * POWERS_OF_TEN[digits] + Octet.decimal(word, digits);
      at += digits;
    }
    return value;
  }

  /** True at a line's end ("\n" or "\r\n") or the text's end; passes it. */
  public boolean endOfLine() {
    endOfText = start + at;
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

  /** Where the line that was ended last had its last character behind it. */
  public long endOfText() {
    return endOfText;
  }

  /** Goes to the end of the line: to its "\n" or "\r\n", or to the text's end. */
  public void skipLine() {
    long end = lineEnd(position());
    boolean carriageReturn = end > position() && byteAt(end - 1) == '\r';
    goTo(carriageReturn ? end - 1 : end);
  }

  /** Where the line that holds a position ends: at its '\n', or at the text's end. */
  public long lineEnd(long from) {
    return Lines.end(bytes, from);
  }

  /** Where a text stands first between two positions, -1 if nowhere. */
  public long find(Literal literal, long from, long to) {
    for (long position = from; position + literal.length <= to; position++) {
      if (((Octet.at(bytes, position) ^ literal.head) & literal.headMask) == 0) {
        long tail = Octet.at(bytes, position + Octet.LENGTH);
        if (((tail ^ literal.tail) & literal.tailMask) == 0) {
          return position;
        }
      }
    }
    return -1;
  }
}
