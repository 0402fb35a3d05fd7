package io.tcescope.traces.text;

import java.nio.charset.StandardCharsets;

/** A fixed piece of text of up to 16 bytes, compared by words. */
public final class Literal {
  private static final int WORD = 8;

  /** Longer texts take several. */
  public static final int LONGEST = 2 * WORD;

  final int length;
  final long head;
  final long headMask;
  final long tail;
  final long tailMask;

  private Literal(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new IllegalArgumentException("a literal has 1 to 16 bytes, not " + bytes.length);
    }
    length = bytes.length;
    head = word(bytes, 0);
    headMask = mask(Math.min(WORD, length));
    tail = word(bytes, WORD);
    tailMask = mask(Math.max(0, length - WORD));
  }

  public static Literal of(String text) {
    return new Literal(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** True if it stands at a place of a text of which at least {@link #LONGEST} bytes follow. */
  boolean isAt(byte[] text, int place) {
    return ((TextCursor.word(text, place) ^ head) & headMask) == 0
        && (tailMask == 0 || ((TextCursor.word(text, place + WORD) ^ tail) & tailMask) == 0);
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = 0; i < WORD && from + i < bytes.length; i++) {
      word |= (bytes[from + i] & 0xffL) << (WORD * i);
    }
    return word;
  }

  private static long mask(int bytes) {
    return bytes == 0 ? 0 : -1L >>> (64 - WORD * bytes);
  }
}
