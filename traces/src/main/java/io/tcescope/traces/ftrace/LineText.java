package io.tcescope.traces.ftrace;

import io.tcescope.traces.text.Characters;
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

  /** Characters of a line that are looked at; more is no line of a tracer. */
  private static final int LONGEST = 1 << 20;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private static final long HEX_PREFIX = '0' | 'x' << 8;

  private final MemorySegment bytes;

  /** Bytes from {@code windowFrom} to {@code windowTo}, and a word of zeros. */
  private byte[] window = new byte[WINDOW + Octet.LENGTH];

  private long windowFrom;
  private long windowTo;

  /** The position, never behind the end. */
  long at;

  /** Where the line ends. */
  long end;

  LineText(MemorySegment bytes) {
    this.bytes = bytes;
  }

  void moveTo(long from, long to) {
    at = from;
    end = Math.min(to, from + LONGEST);
    if (from < windowFrom || end > windowTo) {
      load();
    }
  }

  private void load() {
    int room = (int) Math.max(WINDOW, end - at);
    if (window.length < room + Octet.LENGTH) {
      window = new byte[room + Octet.LENGTH];
    }
    int length = (int) Math.min(room, bytes.byteSize() - at);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, window, 0, length);
    Arrays.fill(window, length, length + Octet.LENGTH, (byte) 0);
    windowFrom = at;
    windowTo = at + length;
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
  boolean isAt(long place, byte[] characters, int length) {
    int index = (int) (place - windowFrom);
    return place + length <= end
        && Arrays.equals(window, index, index + length, characters, 0, length);
  }

  /** Copies characters of the line. */
  void copy(long from, byte[] characters, int length) {
    System.arraycopy(window, (int) (from - windowFrom), characters, 0, length);
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
    long place = from;
    int before;
    do {
      before = Octet.before(word(place), wanted);
      place += before;
    } while (before == Octet.LENGTH && place < end);
    return Math.min(place, end);
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

  /** A number as C prints it: signed decimal, or hex with 0x; stays in place if there is none. */
  long number() {
    long word = word(at);
    if ((word & 0xffff) == HEX_PREFIX) {
      at += 2;
      return hexadecimal();
    }
    if ((word & 0xff) == '-') {
      at++;
      return -decimal();
    }
    return decimal();
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
