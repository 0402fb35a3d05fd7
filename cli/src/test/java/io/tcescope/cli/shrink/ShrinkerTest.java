package io.tcescope.cli.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left passes, and without any one of its lines it would not. */
final class ShrinkerTest {
  private static final int LINES = 400;

  static int[] seeds() {
    return new Random(17).ints(60).toArray();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_line_that_is_left_can_go(int seed) {
    Random random = new Random(seed);
    Predicate<int[]> test = anyOfThese(random);
    Shrinker shrinker = new Shrinker(LINES, test, Integer.MAX_VALUE);
    int unwanted = random.nextInt(LINES);
    int[] left = shrinker.drop(line -> line > unwanted).sweep().lines();
    assertThat(test.test(left)).as("seed %d", seed).isTrue();
    for (int without : left) {
      int[] fewer = Arrays.stream(left).filter(line -> line != without).toArray();
      assertThat(fewer.length > 0 && test.test(fewer)).as("seed %d", seed).isFalse();
    }
  }

  /** Passes with all lines of one of several sets, unless a spoiler comes without its remedy. */
  private static Predicate<int[]> anyOfThese(Random random) {
    Set<Set<Integer>> wanted = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Set<Integer> one = new HashSet<>();
      random.ints(1 + random.nextInt(6), 0, LINES).forEach(one::add);
      wanted.add(one);
    }
    int spoiler = random.nextInt(LINES);
    int remedy = random.nextInt(LINES);
    return lines -> {
      Set<Integer> there = new HashSet<>();
      Arrays.stream(lines).forEach(there::add);
      boolean spoiled = there.contains(spoiler) && !there.contains(remedy);
      return !spoiled && wanted.stream().anyMatch(there::containsAll);
    };
  }

  @Test
  void it_stops_when_it_was_told_to_and_says_so() {
    Shrinker shrinker = new Shrinker(LINES, lines -> lines.length > 10, 3).sweep();
    assertThat(shrinker.isExhausted()).isTrue();
    assertThat(shrinker.tries()).isEqualTo(3);
    assertThat(shrinker.lines().length).isBetween(11, LINES - 1);
  }
}
