package io.tcescope.traces.ftrace;

import io.tcescope.traces.text.Characters;
import io.tcescope.traces.text.Lines;
import io.tcescope.traces.text.Octet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A position in one line of a text that moves forward over blanks, words and numbers.
 *
 * <p>Lines are copied to an array, many at a time: its elements are reached at less cost than those
 * of mapped memory, and each is looked at several times.
 */
final class LineText implements Characters {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WINDOW = 1 << 16;

  /** Bytes in which a newline is looked for at once. */
  private static final int STRIDE = 4 * Octet.LENGTH;

  private static final char NEWLINE = '\n';

  /** Characters of a line that are looked at; more is no line of a tracer. */
  private static final int LONGEST = 1 << 20;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** Digits of the largest number of 64 bits. */
  private static final int MOST_DECIMALS = 20;

  private static final int MOST_HEX_DIGITS = 16;

  private static final long HEX_PREFIX = '0' | 'x' << 8;

  private final MemorySegment bytes;

  /** Bytes from {@code windowFrom} to {@code windowTo}, and some zeros. */
  private byte[] window = new byte[WINDOW + STRIDE];

  private long windowFrom;
  private long windowTo;

  /** The position, never behind the end. */
  long at;

  /** Where the line ends. */
  long end;

  /** True if the number read last is one, whole and as C prints it. */
  boolean isNumber;

  LineText(MemorySegment bytes) {
    this.bytes = bytes;
  }

  void moveTo(long from, long to) {
    at = from;
    end = Math.min(to, from + LONGEST);
    if (from < windowFrom || end > windowTo) {
      load(from, end);
    }
  }

  /** Where the line ends that begins there: at its newline, or at the end of the bytes. */
  long endOfLine(long from) {
    if (from < windowFrom || from >= windowTo) {
      load(from, from);
    }
    long found = newline(from);
    if (found == windowTo && from > windowFrom && windowTo < bytes.byteSize()) {
      load(from, from);
      found = newline(from);
    }
    return found < windowTo ? found : Lines.end(bytes, windowTo);
  }

  /** The newline in the window from a place on, the window's end if there is none. */
  private long newline(long from) {
    int limit = (int) (windowTo - windowFrom);
    for (int index = (int) (from - windowFrom); index < limit; index += STRIDE) {
      long first = (long) WORDS.get(window, index);
      long second = (long) WORDS.get(window, index + Octet.LENGTH);
      long third = (long) WORDS.get(window, index + 2 * Octet.LENGTH);
      long fourth = (long) WORDS.get(window, index + 3 * Octet.LENGTH);
      long any =
          Octet.marks(first, NEWLINE)
              | Octet.marks(second, NEWLINE)
              | Octet.marks(third, NEWLINE)
              | Octet.marks(fourth, NEWLINE);
      if (any != 0) {
        return Math.min(find(NEWLINE, windowFrom + index, windowTo), windowTo);
      }
    }
    return windowTo;
  }

  private void load(long from, long to) {
    int room = (int) Math.max(WINDOW, to - from);
    if (window.length < room + STRIDE) {
      window = new byte[room + STRIDE];
    }
    int length = (int) Math.min(room, bytes.byteSize() - from);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, window, 0, length);
    Arrays.fill(window, length, length + STRIDE, (byte) 0);
    windowFrom = from;
    windowTo = from + length;
  }

  @Override
  public long word(long place) {
    return (long) WORDS.get(window, (int) (place - windowFrom));
  }

  @Override
  public String text(long from, long to) {
    return new String(window, (int) (from - windowFrom), (int) (to - from), StandardCharsets.UTF_8);
  }

  /** True if those characters stand there. */
  boolean isAt(long place, byte[] characters) {
    int index = (int) (place - windowFrom);
    int to = index + characters.length;
    return place + characters.length <= end
        && Arrays.equals(window, index, to, characters, 0, characters.length);
  }

  boolean isAtEnd() {
    return at >= end;
  }

  /** The byte here, a blank behind the end. */
  byte here() {
    return byteAt(at);
  }

  /** The byte at that place, a blank behind the end. */
  byte byteAt(long place) {
    return place < end ? window[(int) (place - windowFrom)] : (byte) ' ';
  }

  void skipBlanks() {
    int blanks;
    do {
      blanks = Octet.blanks(word(at));
      at += blanks;
    } while (blanks == Octet.LENGTH);
    at = Math.min(at, end);
  }

  /** Goes to the next such character, to the end if there is none. */
  void skipTo(char stop) {
    at = find(stop, at);
  }

  void skipTo(char stop, char other) {
    int before;
    do {
      long word = word(at);
      before = Math.min(Octet.before(word, stop), Octet.before(word, other));
      at += before;
    } while (before == Octet.LENGTH && at < end);
    at = Math.min(at, end);
  }

  /** Where that character stands first from a place on, the end if nowhere. */
  long find(char wanted, long from) {
    return find(wanted, from, end);
  }

  private long find(char wanted, long from, long limit) {
    long place = from;
    int before;
    do {
      before = Octet.before(word(place), wanted);
      place += before;
    } while (before == Octet.LENGTH && place < limit);
    return Math.min(place, limit);
  }

  /** Passes one character. */
  void pass() {
    at = Math.min(at + 1, end);
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  /** If those characters stand here, goes behind them. */
  boolean pass(byte[] characters) {
    boolean stand = isAt(at, characters);
    at += stand ? characters.length : 0;
    return stand;
  }

  /** True if nothing but blanks follows. */
  boolean isDone() {
    skipBlanks();
    return at >= end || (here() == '\r' && at + 1 == end);
  }

  /**
   * A number as C prints it: signed decimal, or hex with 0x. {@link #isNumber} tells whether there
   * is one, and it ends where a number may.
   */
  long number() {
    long word = word(at);
    if ((word & 0xffff) == HEX_PREFIX) {
      at += 2;
      return bareHexadecimal();
    }
    boolean negative = (word & 0xff) == '-';
    at += negative ? 1 : 0;
    long from = at;
    long value = decimal();
    long digits = at - from;
    boolean isOctal = digits > 1 && byteAt(from) == '0';
    isNumber = digits > 0 && digits <= MOST_DECIMALS && !isOctal && isBehindNumber();
    return negative ? -value : value;
  }

  /** A hexadecimal number without 0x, whole like {@link #number}. */
  long bareHexadecimal() {
    long from = at;
    long value = hexadecimal();
    isNumber = at > from && at - from <= MOST_HEX_DIGITS && isBehindNumber();
    return value;
  }

  private boolean isBehindNumber() {
    byte here = here();
    return (here == ' ' || here == ',' || here == '}' || here == '\r') && at <= end;
  }

  /** A decimal number without sign, modulo 2^64. */
  long decimal() {
    long value = 0;
    int digits;
    do {
      long word = word(at);
      digits = Octet.decimalDigits(word);
      value = value * POWERS_OF_TEN[digits] + Octet.decimal(word, digits);
      at += digits;
    } while (digits == Octet.LENGTH);
    return value;
  }

  /** A hexadecimal number without 0x, modulo 2^64. */
  long hexadecimal() {
    long value = 0;
    int digits;
    do {
      long word = word(at);
      digits = Octet.hexDigits(word);
      value <<= 4 * digits;
      value |= Octet.hex(word, digits);
      at += digits;
    } while (digits == Octet.LENGTH);
    return value;
  }
}
