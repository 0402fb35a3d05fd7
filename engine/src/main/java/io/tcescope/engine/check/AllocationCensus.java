package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.LiveVisitor;
import io.tcescope.engine.state.Mark;

/** The live mappings of a window at one moment, by size, place and age, read off its entries. */
final class AllocationCensus {
  /** Parts of a window's life in which mappings are counted. */
  static final int INTERVALS = 8;

  private static final long SIXTEEN = 16;

  private final DmaWindow window;
  private final long largeStart;
  private final long from;
  private final long to;

  final long[] madeIn = new long[INTERVALS];
  long allocations;
  long ofSixteen;
  long crossing = -1;
  long oldestWriter;
  long oldestFirst;

  private long first = -1;
  private long next;
  private long writer;

  private AllocationCensus(DmaWindow window, long now) {
    this.window = window;
    this.largeStart = Pools.of(window).largeStart();
    this.from = window.openedBy();
    this.to = Math.max(from + 1, now);
  }

  /** Counts what is live in a window after event {@code now}. */
  static AllocationCensus of(DmaWindow window, long now) {
    AllocationCensus census = new AllocationCensus(window, now);
    LiveVisitor.visit(window, census::entry);
    census.finish();
    return census;
  }

  private void entry(long index, long tce, long mark) {
    if (Mark.isStart(mark) || index != next) {
      finish();
    }
    if (first < 0) {
      first = index;
      writer = Mark.writer(mark);
    }
    next = index + 1;
  }

  private void finish() {
    if (first < 0) {
      return;
    }
    long pages = next - first;
    allocations++;
    if (pages == SIXTEEN && first % SIXTEEN == 0 && first >= largeStart) {
      ofSixteen++;
    }
    if (window.iobaOf(first) >>> 32 != window.iobaOf(next - 1) >>> 32 && crossing < 0) {
      crossing = first;
    }
    if (oldestWriter == 0 || writer < oldestWriter) {
      oldestWriter = writer;
      oldestFirst = first;
    }
    long age = Math.clamp(writer - from, 0, to - from - 1);
    madeIn[(int) (age * INTERVALS / (to - from))]++;
    first = -1;
  }
}
