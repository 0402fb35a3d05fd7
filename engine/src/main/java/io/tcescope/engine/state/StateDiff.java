package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What is different between two moments of one run.
 *
 * @param opened windows of the later moment that the earlier one does not have
 * @param closed windows of the earlier moment that the later one does not have
 * @param changed windows of both whose entries differ, in value or in what is known of them, or of
 *     which another place is known
 */
public record StateDiff(List<DmaWindow> opened, List<DmaWindow> closed, List<Changed> changed) {

  /** Consecutive entries that changed alike: all rise by their step on either side. */
  public record ChangedRun(Run before, Run after) {
    public long first() {
      return before.first();
    }

    public long last() {
      return before.last();
    }
  }

  /**
   * A window of both moments, and which of its entries differ, by their indexes in the later one.
   */
  public record Changed(DmaWindow before, DmaWindow after, List<ChangedRun> runs) {
    /** True if start, page or size turned out to be others than was known before. */
    public boolean isMoved() {
      return !before.extent().equals(after.extent());
    }
  }

  /** Compares two settled states. */
  public static StateDiff between(IommuState before, IommuState after) {
    List<DmaWindow> opened = new ArrayList<>();
    List<DmaWindow> closed = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    for (DmaWindow window : after.windows()) {
      DmaWindow earlier = before.window(window.liobn());
      if (!sameWindow(earlier, window)) {
        opened.add(window);
      } else {
        List<ChangedRun> runs = compare(Relocation.seenIn(earlier, window), window);
        Changed difference = new Changed(earlier, window, runs);
        if (!runs.isEmpty() || difference.isMoved()) {
          changed.add(difference);
        }
      }
    }
    for (DmaWindow window : before.windows()) {
      if (!sameWindow(window, after.window(window.liobn()))) {
        closed.add(window);
      }
    }
    return new StateDiff(opened, closed, changed);
  }

  private static boolean sameWindow(DmaWindow one, DmaWindow other) {
    return one.isOpen() && other.isOpen() && one.generation() == other.generation();
  }

  private static List<ChangedRun> compare(DmaWindow before, DmaWindow after) {
    List<Run> old = complete(before);
    List<Run> now = complete(after);
    List<ChangedRun> runs = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() && j < now.size()) {
      Run a = old.get(i);
      Run b = now.get(j);
      long first = Math.max(a.first(), b.first());
      long last = Math.min(a.last(), b.last());
      addChanged(a, b, first, last, runs);
      i += a.last() == last ? 1 : 0;
      j += b.last() == last ? 1 : 0;
    }
    return runs;
  }

  private static void addChanged(Run a, Run b, long first, long last, List<ChangedRun> runs) {
    if (first > last) {
      return;
    }
    Run left = part(a, first, last);
    Run right = part(b, first, last);
    if (left.equals(right)) {
      return;
    }
    long same = meeting(left, right);
    if (same < 0) {
      runs.add(new ChangedRun(left, right));
    } else {
      addChanged(a, b, first, same - 1, runs);
      addChanged(a, b, same + 1, last, runs);
    }
  }

  /** The one entry at which two runs that rise differently hold the same, negative if none. */
  private static long meeting(Run left, Run right) {
    long rise = left.step() - right.step();
    long apart = right.tce() - left.tce();
    if (left.knowledge() != right.knowledge() || rise == 0 || apart % rise != 0) {
      return -1;
    }
    long index = apart / rise;
    return index >= 0 && index < left.count() ? left.first() + index : -1;
  }

  /** The runs of a window with what is observed clear filled in, so that they cover all entries. */
  private static List<Run> complete(DmaWindow window) {
    List<Run> runs = new ArrayList<>();
    LongConsumer fillTo =
        index -> {
          long next = runs.isEmpty() ? 0 : runs.getLast().last() + 1;
          if (next < index) {
            runs.add(new Run(next, index - 1, 0, 0, Knowledge.OBSERVED));
          }
        };
    Runs.of(
        window,
        run -> {
          fillTo.accept(run.first());
          runs.add(run);
        });
    fillTo.accept(window.entries());
    return runs;
  }

  private static Run part(Run run, long first, long last) {
    long step = first == last || run.knowledge().isUnknown() ? 0 : run.step();
    long tce = run.knowledge().isUnknown() ? 0 : run.tce() + (first - run.first()) * run.step();
    return new Run(first, last, tce, step, run.knowledge());
  }
}
