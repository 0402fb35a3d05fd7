package io.tcescope.engine.event;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/**
 * Tells which of some literals a text has, letters in either case. One scan finds them all (Aho and
 * Corasick, "Efficient string matching", 1975).
 */
final class Literals {
  private static final int ASCII = 128;

  /** What was read of literals so far, and a character: what is read of them then. */
  private final int[] next;

  /** The literals that end there, as bits. */
  private final long[] ended;

  /** At most 64, in ASCII. */
  Literals(List<String> literals) {
    if (literals.size() > Long.SIZE) {
      throw new IllegalArgumentException(literals.size() + " literals");
    }
    int most = 1 + literals.stream().mapToInt(String::length).sum();
    next = new int[most * ASCII];
    ended = new long[most];
    int states = 1;
    for (int i = 0; i < literals.size(); i++) {
      states = add(literals.get(i).toLowerCase(Locale.ROOT), 1L << i, states);
    }
    fallBack(states);
    for (int at = 0; at < next.length; at++) {
      next[at] = next[at - at % ASCII + Character.toLowerCase(at % ASCII)];
    }
  }

  private int add(String literal, long bit, int known) {
    int states = known;
    int state = 0;
    for (int i = 0; i < literal.length(); i++) {
      int step = state + literal.charAt(i);
      if (next[step] == 0) {
        next[step] = ASCII * states++;
      }
      state = next[step];
    }
    ended[state / ASCII] |= bit;
    return states;
  }

  /** Where a literal does not go on, the longest end of it that begins another one may. */
  private void fallBack(int states) {
    int[] shorter = new int[states];
    Queue<Integer> left = new ArrayDeque<>(List.of(0));
    while (!left.isEmpty()) {
      int state = left.remove();
      int fallback = shorter[state / ASCII];
      ended[state / ASCII] |= ended[fallback / ASCII];
      for (int c = 0; c < ASCII; c++) {
        int without = state == 0 ? 0 : next[fallback + c];
        if (next[state + c] == 0) {
          next[state + c] = without;
        } else {
          shorter[next[state + c] / ASCII] = without;
          left.add(next[state + c]);
        }
      }
    }
  }

  /** Those that the text has, as bits. */
  long in(String text) {
    long found = 0;
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      state = c < ASCII ? next[state + c] : 0;
      found |= ended[state / ASCII];
    }
    return found;
  }
}
