package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCountTest {
  private static final int RANGES = 200;
  private static final int MOST = 9000;

  /** Counted is what a look at each entry shows. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void countsWhatEachEntryHolds(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (DmaWindow window : account(Platform.QEMU, Calls.random(seed, 2000)).windows()) {
      for (int i = 0; i < RANGES; i++) {
        long first = random.nextLong(window.entries() + 10);
        long count = random.nextInt(MOST);
        assertThat(EntryCount.of(window, first, count))
            .as("seed %d, %s from %d on, %d", seed, window, first, count)
            .isEqualTo(looked(window, first, count));
      }
    }
  }

  private static EntryCount looked(DmaWindow window, long first, long count) {
    long live = 0;
    long clear = 0;
    long unknown = 0;
    for (long index = first; index < first + count && window.contains(index); index++) {
      live += window.isLive(index) ? 1 : 0;
      clear += window.isKnownClear(index) ? 1 : 0;
      unknown += Mark.isUnknown(window.mark(index)) ? 1 : 0;
    }
    return new EntryCount(live, clear, unknown);
  }
}
