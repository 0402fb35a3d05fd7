package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.Octet;
import io.tcescope.traces.text.TextCursor;
import java.time.LocalDate;

/**
 * What QEMU writes before an event's name: nothing, {@code tid@seconds.microseconds:}, or from 10.2
 * on an ISO 8601 time with or without a fraction (QEMU's {@code scripts/tracetool/backend/log.py},
 * {@code util/log.c}).
 */
final class LinePrefix {
  private static final long NANOS = 1_000_000_000L;
  private static final long MICRO = 1000;
  private static final int MICRO_DIGITS = 6;
  private static final long DAY_SECONDS = 86_400;
  private static final Literal BLANK = Literal.of(" ");
  private static final int TWO_WORDS = 16;
  private static final int THREE_WORDS = 24;

  private long time;
  private int digits;
  private long thread;

  /** {@code tid@seconds.} as a line before had it, in words: most lines repeat it. */
  private long known0;

  private long known8;
  private long known16;
  private int knownLength;
  private long knownThread;
  private long knownSeconds;

  /** Passes a prefix if there is one; the cursor then stands at the event's name. */
  void read(TextCursor cursor) {
    time = Event.NO_TIME;
    thread = 0;
    if (!isKnown(cursor) || !readMicros(cursor, knownLength)) {
      readAny(cursor);
    }
  }

  private boolean isKnown(TextCursor cursor) {
    return knownLength != 0
        && cursor.peekWord(0) == known0
        && cursor.peekWord(8) == known8
        && (cursor.peekWord(16) ^ known16) << (8 * (THREE_WORDS - knownLength)) == 0;
  }

  /** Keeps the text between a start and the cursor, if it ends in its third word. */
  private void keep(TextCursor cursor, long start, long tid, long seconds) {
    int length = (int) (cursor.position() - start);
    knownLength = length > TWO_WORDS && length <= THREE_WORDS ? length : 0;
    known0 = cursor.peekWord(-length);
    known8 = cursor.peekWord(8 - length);
    known16 = cursor.peekWord(16 - length);
    knownThread = tid;
    knownSeconds = seconds;
  }

  private void readAny(TextCursor cursor) {
    long start = cursor.position();
    int first = cursor.peek();
    if (first < '0' || first > '9') {
      return;
    }
    long number = cursor.unsigned();
    if (cursor.peek() == '@') {
      readSeconds(cursor, number, start);
    } else if (cursor.peek() == '-') {
      readDate(cursor, number);
    }
  }

  private void readSeconds(TextCursor cursor, long tid, long start) {
    cursor.advance(1);
    long seconds = cursor.unsigned();
    if (cursor.peek() != '.') {
      return;
    }
    cursor.advance(1);
    keep(cursor, start, tid, seconds);
    readMicros(cursor, 0);
  }

  /** Six digits and a colon so far ahead, which end the prefix; false if they are not there. */
  private boolean readMicros(TextCursor cursor, int ahead) {
    long word = cursor.peekWord(ahead);
    if (Octet.decimalDigits(word) != MICRO_DIGITS || (byte) (word >>> (8 * MICRO_DIGITS)) != ':') {
      return false;
    }
    cursor.advance(ahead + MICRO_DIGITS + 1);
    thread = knownThread;
    time = knownSeconds * NANOS + Octet.decimal(word, MICRO_DIGITS) * MICRO;
    digits = MICRO_DIGITS;
    return true;
  }

  private void readDate(TextCursor cursor, long year) {
    cursor.advance(1);
    long month = cursor.unsigned();
    cursor.advance(1);
    long day = cursor.unsigned();
    cursor.advance(1);
    long hour = cursor.unsigned();
    cursor.advance(1);
    long minute = cursor.unsigned();
    cursor.advance(1);
    long second = cursor.unsigned();
    digits = 0;
    long nanos = cursor.peek() == '.' ? fraction(cursor) : 0;
    boolean isDate = month >= 1 && month <= 12 && day >= 1 && day <= 31 && year < 10_000;
    if (cursor.failed() || cursor.peek() != 'Z' || !isDate) {
      return;
    }
    cursor.advance(1);
    cursor.skip(BLANK);
    readThreadInParentheses(cursor);
    long days = LocalDate.of((int) year, (int) month, 1).toEpochDay() + day - 1;
    time = (days * DAY_SECONDS + hour * 3600 + minute * 60 + second) * NANOS + nanos;
  }

  private long fraction(TextCursor cursor) {
    cursor.advance(1);
    long start = cursor.position();
    long value = cursor.unsigned();
    digits = (int) Math.min(9, cursor.position() - start);
    long nanos = value;
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private void readThreadInParentheses(TextCursor cursor) {
    if (cursor.peek() == '(') {
      cursor.advance(1);
      thread = cursor.unsigned();
      cursor.advance(1);
      cursor.skip(BLANK);
    }
  }

  boolean hasTime() {
    return time != Event.NO_TIME;
  }

  /** Puts what was read into the event. */
  void applyTo(Event event) {
    if (time != Event.NO_TIME) {
      event.time(time, digits);
    }
    event.withThread(thread);
  }
}
