package io.tcescope.cli.shrink;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Leaves out lines as long as what remains passes a test: first what is easily guessed, then ever
 * smaller parts, until no single line can go (the idea of delta debugging, Zeller 2002).
 */
final class Shrinker {
  private final Predicate<int[]> test;
  private final int most;
  private int[] lines;
  private int tries;

  /**
   * From so many lines, which must pass.
   *
   * @param most tests to make; what passed last is the answer then
   */
  Shrinker(int count, Predicate<int[]> test, int most) {
    this.lines = new int[count];
    Arrays.setAll(lines, i -> i);
    this.test = test;
    this.most = most;
  }

  /** Leaves out all lines that a condition names, if what remains passes. */
  Shrinker drop(IntPredicate unwanted) {
    keepIfItPasses(Arrays.stream(lines).filter(unwanted.negate()).toArray());
    return this;
  }

  /** Leaves out parts of the lines, the last first, ever smaller ones, until none can go. */
  Shrinker sweep() {
    int part = Math.max(1, lines.length / 2);
    while (!isExhausted()) {
      boolean shorter = sweep(part);
      if (part == 1 && !shorter) {
        break;
      }
      part = shorter ? Math.min(part, Math.max(1, lines.length / 2)) : part / 2;
    }
    return this;
  }

  private boolean sweep(int part) {
    boolean shorter = false;
    for (int to = lines.length; to > 0 && !isExhausted(); to -= part) {
      int from = Math.max(0, to - part);
      int[] rest = new int[lines.length - (to - from)];
      System.arraycopy(lines, 0, rest, 0, from);
      System.arraycopy(lines, to, rest, from, lines.length - to);
      shorter |= keepIfItPasses(rest);
    }
    return shorter;
  }

  private boolean keepIfItPasses(int[] fewer) {
    if (fewer.length == lines.length || fewer.length == 0 || isExhausted()) {
      return false;
    }
    tries++;
    boolean passes = test.test(fewer);
    lines = passes ? fewer : lines;
    return passes;
  }

  /** The indexes of the lines that are left. */
  int[] lines() {
    return lines.clone();
  }

  /** How many tests were made. */
  int tries() {
    return tries;
  }

  /** True if there may be lines left that could go. */
  boolean isExhausted() {
    return tries >= most;
  }
}
