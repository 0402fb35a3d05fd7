package io.tcescope.engine.check;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Stretch;

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
    Stretch.live(window, census::add);
    census.finish();
    return census;
  }

  /** Where mappings start, each entry is one; no list has many. */
  private void add(Stretch stretch) {
    if (!Mark.isStart(stretch.mark())) {
      add(stretch.first(), stretch.last(), stretch.mark());
      return;
    }
    for (long index = stretch.first(); index <= stretch.last(); index++) {
      finish();
      add(index, index, stretch.mark());
    }
  }

  private void add(long from, long to, long mark) {
    if (from != next) {
      finish();
    }
    if (first < 0) {
      first = from;
      writer = Mark.writer(mark);
    }
    next = to + 1;
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
