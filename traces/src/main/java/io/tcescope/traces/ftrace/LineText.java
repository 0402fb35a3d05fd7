package io.tcescope.traces.ftrace;

import io.tcescope.traces.text.Octet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A position in one line of a text that moves forward over blanks, words and numbers. */
final class LineText {
  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private static final long HEX_PREFIX = '0' | 'x' << 8;

  final MemorySegment bytes;

  /** The position, never behind the end. */
  long at;

  /** Where the line ends. */
  long end;

  LineText(MemorySegment bytes) {
    this.bytes = bytes;
  }

  void moveTo(long from, long to) {
    at = from;
    end = to;
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
    return place < end ? bytes.get(ValueLayout.JAVA_BYTE, place) : (byte) ' ';
  }

  void skipBlanks() {
    int blanks;
    do {
      blanks = Octet.blanks(Octet.at(bytes, at));
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
      long word = Octet.at(bytes, at);
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
      before = Octet.before(Octet.at(bytes, place), wanted);
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
    long word = Octet.at(bytes, at);
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
      long word = Octet.at(bytes, at);
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
      long word = Octet.at(bytes, at);
      digits = Octet.hexDigits(word);
      value <<= 4 * digits;
      value |= Octet.hex(word, digits);
      at += digits;
    } while (digits == Octet.LENGTH);
    return value;
  }
}
