package io.tcescope.queries.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreasTest {
  /** Addresses that some event of a block concerns. */
  private record Touch(long first, long last, long liobn, int block) {
    boolean meets(long from, long to) {
      return Long.compareUnsigned(first, to) <= 0 && Long.compareUnsigned(from, last) <= 0;
    }

    /** As an empty window has it. */
    Touch reversed() {
      return new Touch(last, first, liobn, block);
    }

    Touch ordered() {
      return Long.compareUnsigned(first, last) <= 0 ? this : reversed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 509, 510, 511, 2000})
  void findNoBlockTooFewAndFewTooMany(int liobns) throws IOException {
    RandomGenerator random = new SplittableRandom(liobns);
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Touch touch = touch(random, liobns);
      touches.add(random.nextInt(50) == 0 ? touch.reversed() : touch);
    }
    Areas areas = areas(touches);
    long surplus = 0;
    for (int i = 0; i < 3000; i++) {
      Touch asked = random.nextBoolean() ? touch(random, liobns) : touches.get(i).ordered();
      String where = "seed " + liobns + ": " + asked;
      long any = blocks(touches, asked, false);
      long found = areas.blocks(asked.first, asked.last);
      assertThat(any & ~found).as(where).isZero();
      assertThat(
              blocks(touches, asked, true) & ~areas.blocksOf(asked.liobn, asked.first, asked.last))
          .as(where)
          .isZero();
      surplus += Long.bitCount(found & ~any);
    }
    assertThat(surplus).as("seed %d: blocks found in vain", liobns).isLessThan(3000 * 3);
  }

  private static Touch touch(RandomGenerator random, int liobns) {
    long first = random.nextLong() >>> random.nextInt(64);
    long length = random.nextLong() >>> (1 + random.nextInt(63));
    long last = Long.compareUnsigned(first + length, first) < 0 ? -1 : first + length;
    return new Touch(first, last, random.nextInt(liobns), random.nextInt(64));
  }

  private static Areas areas(List<Touch> touches) throws IOException {
    AreaWriter writer = new AreaWriter();
    for (Touch touch : touches) {
      writer.add(touch.first, touch.last, writer.subject(touch.liobn), touch.block);
    }
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    writer.write(out);
    return Areas.read(new BytesRef(out.toArrayCopy()));
  }

  private static long blocks(List<Touch> touches, Touch asked, boolean ofLiobn) {
    long blocks = 0;
    for (Touch touch : touches) {
      boolean wanted = !ofLiobn || touch.liobn == asked.liobn;
      blocks |= wanted && touch.meets(asked.first, asked.last) ? 1L << touch.block : 0;
    }
    return blocks;
  }
}
