package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map by entries, against a plain one. */
class EntryMapTest {
  private static final int STEPS = 400;
  private static final int LONGEST = 1500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsWhatAPlainMapHolds(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    long places = 1L << (9 + random.nextInt(20));
    EntryMap<Integer> map = new EntryMap<>();
    TreeMap<Long, Integer> plain = new TreeMap<>();
    for (int step = 0; step < STEPS; step++) {
      long from = random.nextLong(places);
      long to = from + random.nextInt(LONGEST);
      Integer value = random.nextInt(3) == 0 ? null : step;
      map.fill(from, to, value);
      for (long index = from; index < to; index++) {
        if (value == null) {
          plain.remove(index);
        } else {
          plain.put(index, value);
        }
      }
      long asked = random.nextLong(places);
      long end = asked + random.nextLong(places);
      Long next = plain.ceilingKey(asked);
      assertThat(map.get(asked)).as("seed %d", seed).isEqualTo(plain.get(asked));
      assertThat(map.next(asked, end))
          .as("seed %d", seed)
          .isEqualTo(next == null || next > end ? end : next);
    }
  }

  @Test
  void hasRoomForTheLastIndexThereIs() {
    EntryMap<String> map = new EntryMap<>();
    map.fill(3, 5, "low");
    map.fill(Long.MAX_VALUE - 2, Long.MAX_VALUE, "high");
    assertThat(map.get(4)).isEqualTo("low");
    assertThat(map.next(5, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 2);
    assertThat(map.next(0, 2)).isEqualTo(2);
    map.fill(Long.MAX_VALUE - 2, Long.MAX_VALUE, null);
    assertThat(map.next(5, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }
}
