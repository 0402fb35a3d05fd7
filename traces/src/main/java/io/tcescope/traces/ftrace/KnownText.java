package io.tcescope.traces.ftrace;

import io.tcescope.traces.text.Octet;

/** Characters that stood in an earlier line and are likely to come again at their place. */
final class KnownText {
  static final KnownText NONE = new KnownText(new long[1], 0);

  private final long[] words;
  private final long firstMask;
  private final int length;

  private KnownText(long[] words, int length) {
    this.words = words;
    this.length = length;
    firstMask = Octet.mask(length);
  }

  static KnownText of(LineText text, long from, long to) {
    int length = (int) (to - from);
    long[] words = new long[Math.max(1, (length + Octet.LENGTH - 1) / Octet.LENGTH)];
    for (int i = 0; i < words.length; i++) {
      int place = i * Octet.LENGTH;
      words[i] = text.word(from + place) & Octet.mask(length - place);
    }
    return new KnownText(words, length);
  }

  int length() {
    return length;
  }

  /** True if they stand there; what is empty stands nowhere. */
  boolean isAt(LineText text, long at) {
    if (length == 0 || at + length > text.end || (text.word(at) & firstMask) != words[0]) {
      return false;
    }
    return length <= Octet.LENGTH || isRestAt(text, at);
  }

  private boolean isRestAt(LineText text, long at) {
    int left = length - Octet.LENGTH;
    for (int i = 1; i < words.length; i++, left -= Octet.LENGTH) {
      long there = text.word(at + (long) i * Octet.LENGTH) & Octet.mask(left);
      if (there != words[i]) {
        return false;
      }
    }
    return true;
  }
}
