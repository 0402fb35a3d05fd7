package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.E;
import static io.tcescope.engine.state.Replayed.W;
import static io.tcescope.engine.state.Replayed.booted;
import static io.tcescope.engine.state.Replayed.log;
import static io.tcescope.engine.state.Replayed.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A difference names the entries that differ, each of them and no other. */
final class StateDiffTest {
  private static final int ENTRIES = 64;
  private static final int PAGE = 0x10000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void itNamesEveryEntryThatDiffersAndNoOther(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Calls calls = made(booted(), E, 16, W, 22);
    for (int round = 0; round < 40; round++) {
      IommuState before = log(calls);
      for (int i = 0; i <= random.nextInt(3); i++) {
        write(calls, random);
      }
      IommuState after = log(calls);
      assertThat(named(StateDiff.between(before, after)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(differing(before.window(E), after.window(E)));
    }
  }

  /** Few values and steps, so that runs meet. */
  private static void write(Calls calls, RandomGenerator random) {
    int first = random.nextInt(ENTRIES);
    int count = 1 + random.nextInt(Math.min(6, ENTRIES - first));
    long[] list = new long[count];
    long value = PAGE * (1L + random.nextInt(4));
    long step = PAGE * (long) random.nextInt(3);
    for (int i = 0; i < count; i++) {
      list[i] = value + i * step + 3;
    }
    calls.indirect(E, W + (long) first * PAGE, 0, list);
  }

  private static Set<Long> named(StateDiff diff) {
    Set<Long> entries = new TreeSet<>();
    for (StateDiff.Changed changed : diff.changed()) {
      for (StateDiff.ChangedRun run : changed.runs()) {
        for (long entry = run.first(); entry <= run.last(); entry++) {
          assertThat(entries.add(entry)).as("entry %d is named once", entry).isTrue();
        }
      }
    }
    return entries;
  }

  private static Set<Long> differing(DmaWindow before, DmaWindow after) {
    Set<Long> entries = new TreeSet<>();
    for (long entry = 0; entry < ENTRIES; entry++) {
      if (before.tce(entry) != after.tce(entry)) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
