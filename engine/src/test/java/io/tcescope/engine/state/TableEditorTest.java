package io.tcescope.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Tce;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table equals a plain array whatever is done to it, and snapshots stay as they were. */
class TableEditorTest {
  private static final int STEPS = 400;

  /** The slow, obvious version. */
  private static final class Model {
    final long[] tce;
    final Knowledge[] knowledge;
    final long[] writer;

    Model(int entries) {
      tce = new long[entries];
      knowledge = new Knowledge[entries];
      writer = new long[entries];
      java.util.Arrays.fill(knowledge, Knowledge.OBSERVED);
    }

    Model(Model other) {
      tce = other.tce.clone();
      knowledge = other.knowledge.clone();
      writer = other.writer.clone();
    }

    void set(int index, long value, Knowledge how, long by) {
      tce[index] = value;
      knowledge[index] = how;
      writer[index] = by;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTableEqualsAnArray(long seed) {
    equalsAnArray(seed, 1 + new SplittableRandom(seed).nextInt(6000), 1600, STEPS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void aTableOfWhichWholeSubtreesAreFilledEqualsAnArray(long seed) {
    equalsAnArray(seed, 540_000, 530_000, STEPS / 10);
  }

  private static void equalsAnArray(long seed, int entries, int longest, int steps) {
    RandomGenerator random = new SplittableRandom(seed);
    DmaWindow window = window(entries);
    Model model = new Model(entries);
    Change change = new Change();
    TableEditor editor = new TableEditor(change);
    List<DmaWindow> snapshots = new ArrayList<>();
    List<Model> models = new ArrayList<>();
    for (long writer = 1; writer <= steps; writer++) {
      change.begin(writer);
      step(random, editor, change, window, model, writer, longest);
      if (random.nextInt(20) == 0) {
        snapshots.add(window.copy());
        models.add(new Model(model));
      }
    }
    assertSame(window, model, "seed " + seed + ", at the end");
    for (int i = 0; i < snapshots.size(); i++) {
      assertSame(snapshots.get(i), models.get(i), "seed " + seed + ", snapshot " + i);
    }
  }

  private static DmaWindow window(int entries) {
    Extent extent = new Extent(0, 12, entries);
    return new DmaWindow(0x80000000L, 1, Bridge.NONE, Role.DEFAULT, 1, extent, Geometry.OBSERVED);
  }

  private static void step(
      RandomGenerator random,
      TableEditor editor,
      Change change,
      DmaWindow window,
      Model model,
      long writer,
      int longest) {
    int entries = model.tce.length;
    int first = random.nextInt(4) == 0 ? random.nextInt(1 + entries / 512) * 512 : 0;
    first = Math.min(entries - 1, first + (first == 0 ? random.nextInt(entries) : 0));
    int count = 1 + random.nextInt(Math.min(longest, entries - first));
    long tce =
        random.nextInt(3) == 0 ? 0 : (long) random.nextInt(1 << 20) << 12 | random.nextInt(4);
    long mark = Mark.of(Knowledge.OBSERVED, writer);
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        editor.write(window, first, tce, mark);
        assertCounted(change, model, first, 1, tce, 0);
        model.set(first, tce, Knowledge.OBSERVED, writer);
      }
      case 4, 5, 6 -> {
        long step = tce == 0 || random.nextInt(3) == 0 ? 0 : 0x1000;
        long inferred = Mark.of(Knowledge.CONTIGUOUS_LIST, writer);
        editor.fill(
            window,
            first,
            count,
            tce,
            step,
            Mark.starting(inferred),
            Mark.continuing(inferred),
            mark);
        assertCounted(change, model, first, count, tce, step);
        for (int i = 0; i < count; i++) {
          boolean last = i == count - 1;
          Knowledge how = last ? Knowledge.OBSERVED : Knowledge.CONTIGUOUS_LIST;
          model.set(first + i, tce + i * step, how, writer);
        }
      }
      case 7 -> {
        long lost = Mark.of(Knowledge.LIST_NOT_RECORDED, writer);
        editor.forget(window, first, count, lost);
        for (int i = 0; i < count; i++) {
          model.set(first + i, 0, Knowledge.LIST_NOT_RECORDED, writer);
        }
      }
      case 8 -> {
        editor.forgetUnless(window, first, count, 0, Mark.of(Knowledge.PARTIAL_FAILURE, writer));
        for (int i = first; i < first + count; i++) {
          if (model.tce[i] != 0 || model.knowledge[i].isUnknown()) {
            model.set(i, 0, Knowledge.PARTIAL_FAILURE, writer);
          }
        }
      }
      default -> {
        if (random.nextInt(10) == 0) {
          window.forget(Knowledge.HOLE, writer);
          for (int i = 0; i < entries; i++) {
            model.set(i, 0, Knowledge.HOLE, writer);
          }
        }
      }
    }
  }

  /** What the change says a write did, entry by entry, to what the model still holds. */
  private static void assertCounted(
      Change change, Model before, int first, int count, long tce, long step) {
    String when = "event " + change.eventOrdinal();
    long[] expected = new long[7];
    long firstUnmapped = -1;
    for (int i = first; i < first + count; i++) {
      long now = tce + (i - first) * step;
      int did = before.knowledge[i].isUnknown() ? 6 : deed(before.tce[i], now);
      expected[did]++;
      if (did == 5 && firstUnmapped < 0) {
        firstUnmapped = i;
      }
    }
    long[] counted = {
      change.mapped(),
      change.rewritten(),
      change.permissionChanged(),
      change.remapped(),
      change.cleared(),
      change.alreadyClear(),
      change.formerlyUnknown()
    };
    assertThat(counted).as(when).isEqualTo(expected);
    if (firstUnmapped >= 0) {
      assertThat(change.firstUnmapped()).as(when).isEqualTo(firstUnmapped);
      assertThat(Mark.writer(change.unmappedMark())).isEqualTo(before.writer[(int) firstUnmapped]);
    }
  }

  private static int deed(long old, long now) {
    if (!Tce.isMapped(now)) {
      return Tce.isMapped(old) ? 4 : 5;
    }
    if (!Tce.isMapped(old)) {
      return 0;
    }
    boolean samePage = Tce.realAddress(old, 12) == Tce.realAddress(now, 12);
    return old == now ? 1 : samePage ? 2 : 3;
  }

  private static void assertSame(DmaWindow window, Model model, String when) {
    long mapped = 0;
    long nonzero = 0;
    long unknown = 0;
    for (int i = 0; i < model.tce.length; i++) {
      long mark = window.mark(i);
      if (Mark.knowledge(mark) != model.knowledge[i] || Mark.writer(mark) != model.writer[i]) {
        assertThat(Mark.knowledge(mark)).as("%s: entry %d", when, i).isEqualTo(model.knowledge[i]);
        assertThat(Mark.writer(mark)).as("%s: writer of %d", when, i).isEqualTo(model.writer[i]);
      }
      if (model.knowledge[i].isUnknown()) {
        unknown++;
        continue;
      }
      if (window.tce(i) != model.tce[i]) {
        assertThat(window.tce(i)).as("%s: value of %d", when, i).isEqualTo(model.tce[i]);
      }
      mapped += Tce.isMapped(model.tce[i]) ? 1 : 0;
      nonzero += model.tce[i] != 0 ? 1 : 0;
    }
    assertThat(window.mapped()).as("%s: live entries", when).isEqualTo(mapped);
    assertThat(window.nonzero()).as("%s: entries that are not zero", when).isEqualTo(nonzero);
    assertThat(window.unknown()).as("%s: unknown entries", when).isEqualTo(unknown);
    assertRuns(window, model, when);
  }

  private static void assertRuns(DmaWindow window, Model model, String when) {
    int next = 0;
    for (Run run : Runs.of(window)) {
      assertThat(run.first()).as("%s: %s in order", when, run).isGreaterThanOrEqualTo(next);
      assertClear(model, next, (int) run.first(), when);
      for (int i = (int) run.first(); i <= run.last(); i++) {
        if (run.knowledge() != model.knowledge[i]) {
          assertThat(run.knowledge()).as("%s, %d", when, i).isEqualTo(model.knowledge[i]);
        }
        if (!run.knowledge().isUnknown()) {
          long tce = run.tce() + (i - run.first()) * run.step();
          if (tce != model.tce[i]) {
            assertThat(tce).as("%s: %s at %d", when, run, i).isEqualTo(model.tce[i]);
          }
        }
      }
      next = (int) run.last() + 1;
    }
    assertClear(model, next, model.tce.length, when);
  }

  private static void assertClear(Model model, int from, int to, String when) {
    for (int i = from; i < to; i++) {
      if (model.tce[i] != 0 || model.knowledge[i] != Knowledge.OBSERVED) {
        assertThat(model.tce[i]).as("%s: entry %d in no run", when, i).isZero();
        assertThat(model.knowledge[i]).as("%s: entry %d", when, i).isEqualTo(Knowledge.OBSERVED);
      }
    }
  }
}
