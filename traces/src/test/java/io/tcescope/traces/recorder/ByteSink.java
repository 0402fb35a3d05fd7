package io.tcescope.traces.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Collects text, numbers and words and hands them on in large pieces, allocating nothing. */
final class ByteSink implements Closeable {
  private static final int CAPACITY = 1 << 16;
  private static final int LONGEST_NUMBER = 20;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private final byte[] digits = new byte[LONGEST_NUMBER];
  private int filled;

  ByteSink(OutputStream out) {
    this.out = out;
  }

  ByteSink text(String text) {
    if (text.length() > CAPACITY) {
      throw new IllegalArgumentException("too long: " + text.length());
    }
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[filled++] = (byte) text.charAt(i);
    }
    return this;
  }

  ByteSink hex(long value) {
    int from = LONGEST_NUMBER;
    long rest = value;
    do {
      digits[--from] = (byte) Character.forDigit((int) (rest & 0xf), 16);
      rest >>>= 4;
    } while (rest != 0);
    return digits(from);
  }

  /** A number of at least {@code width} digits. */
  ByteSink unsigned(long value, int width) {
    int from = LONGEST_NUMBER;
    long rest = value;
    do {
      digits[--from] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    } while (rest != 0 || LONGEST_NUMBER - from < width);
    return digits(from);
  }

  ByteSink decimal(long value) {
    return value < 0 ? text("-").unsigned(-value, 1) : unsigned(value, 1);
  }

  private ByteSink digits(int from) {
    int count = LONGEST_NUMBER - from;
    reserve(count);
    System.arraycopy(digits, from, buffer, filled, count);
    filled += count;
    return this;
  }

  /** A number of that many bytes, least significant first unless {@code bigEndian}. */
  ByteSink binary(long value, int bytes, boolean bigEndian) {
    reserve(bytes);
    for (int i = 0; i < bytes; i++) {
      int shift = 8 * (bigEndian ? bytes - 1 - i : i);
      buffer[filled++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int bytes) {
    if (filled + bytes > CAPACITY) {
      flush();
    }
  }

  private void flush() {
    try {
      out.write(buffer, 0, filled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }

  static int lengthOf(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1).length;
  }
}
