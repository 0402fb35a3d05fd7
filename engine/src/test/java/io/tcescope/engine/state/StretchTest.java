package io.tcescope.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tcescope.engine.event.Tce;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stretches say what a look at each entry says, however many there are. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StretchTest {
  private static final int WRITES = 60;
  private static final int LOOKS = 60;
  private static final int SAMPLES = 40;
  private static final long HUGE = 1L << 40;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyEntryIsOfOneStretchAndHoldsWhatThatSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DmaWindow window = window(random.nextBoolean() ? 1 + random.nextInt(6000) : HUGE);
    if (random.nextInt(3) == 0) {
      window.forget(Knowledge.BEFORE_RECORDING, 0);
    }
    TableEditor editor = new TableEditor(new Change());
    for (long writer = 1; writer <= WRITES; writer++) {
      write(random, editor, window, writer);
    }
    Stretch stretch = new Stretch();
    for (int i = 0; i < LOOKS; i++) {
      long first = place(random, window);
      long count = length(random, window.entries() - first);
      assertSame(random, stretch, window, first, count, "seed " + seed + " from " + first);
    }
  }

  private static void write(
      SplittableRandom random, TableEditor editor, DmaWindow window, long writer) {
    long first = place(random, window);
    long count = length(random, window.entries() - first);
    long whole = ((first + count) & -Leaf.SIZE) - first;
    count = whole > 0 && random.nextBoolean() ? whole : count;
    long mark = Mark.of(Knowledge.OBSERVED, writer);
    long rest = random.nextBoolean() ? mark : Mark.of(Knowledge.CONTIGUOUS_LIST, writer);
    long start = random.nextBoolean() ? Mark.starting(rest) : rest;
    long value = (long) random.nextInt(100) << 12 | random.nextInt(4);
    switch (random.nextInt(5)) {
      case 0 -> editor.forget(window, first, count, Mark.of(Knowledge.LOST, writer));
      case 1 -> editor.fill(window, first, count, Tce.CLEAR, 0, rest, rest, mark);
      case 2 -> {
        long few = Math.min(count, 4000);
        editor.fill(window, first, few, value, 0x1000, start, rest, mark);
      }
      default -> {
        long many = Math.min(count, 1L << 31);
        editor.fill(window, first, many, value, 0, start, rest, mark);
      }
    }
  }

  private static long place(SplittableRandom random, DmaWindow window) {
    long near = Math.min(window.entries(), 1L << (1 + random.nextInt(40)));
    long place = random.nextLong(near);
    return random.nextInt(3) == 0 ? place & -Leaf.SIZE : place;
  }

  private static long length(SplittableRandom random, long most) {
    return random.nextLong(Math.min(most, 1L << (1 + random.nextInt(40)))) + 1;
  }

  private static void assertSame(
      SplittableRandom random,
      Stretch stretch,
      DmaWindow window,
      long first,
      long count,
      String where) {
    long next = first;
    stretch.begin(window, first, count);
    while (stretch.next()) {
      assertThat(stretch.first()).as(where).isEqualTo(next);
      assertThat(stretch.count()).as(where).isPositive();
      next += stretch.count();
      assertSame(stretch, window, stretch.first(), where);
      assertSame(stretch, window, next - 1, where);
      for (int i = 0; i < Math.min(SAMPLES, stretch.count()); i++) {
        assertSame(stretch, window, stretch.first() + random.nextLong(stretch.count()), where);
      }
    }
    assertThat(next).as(where).isEqualTo(first + count);
  }

  private static void assertSame(Stretch stretch, DmaWindow window, long index, String where) {
    boolean same =
        stretch.tce() == window.tce(index)
            && stretch.mark() == window.mark(index)
            && stretch.isLive() == window.isLive(index)
            && stretch.isKnownClear() == window.isKnownClear(index);
    if (!same) { // asked too often for an assertion each time
      fail("%s, at %d: %x, mark %x", where, index, stretch.tce(), stretch.mark());
    }
  }

  @Test
  void manyEntriesThatOneCallFilledAreFewStretches() {
    DmaWindow window = window(HUGE);
    TableEditor editor = new TableEditor(new Change());
    long mark = Mark.of(Knowledge.OBSERVED, 1);
    long written = 5L << Leaf.BITS;
    editor.write(window, written, 0x7003, mark); // in words from now on
    editor.fill(window, 3, 1L << 31, 0x8003, 0, Mark.starting(mark), mark, mark);
    assertThat(stretches(window, 3, 1L << 31)).isLessThan(1 << 12);
    assertThat(stretches(window, 0, HUGE)).isLessThan(1 << 13);
    assertThat(stretches(window, written, Leaf.SIZE)).isEqualTo(1);
  }

  @Test
  void ofNoEntriesThereIsNone() {
    assertThat(stretches(window(HUGE), 7, 0)).isZero();
    assertThat(stretches(window(HUGE), 7, -1)).isZero();
  }

  private static int stretches(DmaWindow window, long first, long count) {
    Stretch stretch = new Stretch();
    stretch.begin(window, first, count);
    int stretches = 0;
    while (stretch.next()) {
      stretches++;
    }
    return stretches;
  }

  private static DmaWindow window(long entries) {
    Extent extent = new Extent(0, 12, entries);
    return new DmaWindow(0x80000000L, 1, Bridge.NONE, Role.DEFAULT, 1, extent, Geometry.OBSERVED);
  }
}
