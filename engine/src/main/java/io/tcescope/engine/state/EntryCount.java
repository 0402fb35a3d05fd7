package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/**
 * What some neighbouring entries of a window hold, counted without looking at each: there may be
 * more of them than anyone could look at.
 *
 * @param live known to map something
 * @param clear known to map nothing
 * @param unknown neither
 */
public record EntryCount(long live, long clear, long unknown) {
  private static final EntryCount NONE = new EntryCount(0, 0, 0);

  /** Of so many entries from that one on, those inside of the window. */
  public static EntryCount of(DmaWindow window, long first, long count) {
    if (!window.contains(first)) {
      return NONE;
    }
    long inside = window.entries() - first;
    long within = Long.compareUnsigned(count, inside) < 0 ? count : inside;
    Counter counter = new Counter(first, first + within);
    window.visit(counter);
    long rest = within - counter.live - counter.clear - counter.unknown;
    return Mark.isUnknown(window.table().background())
        ? new EntryCount(counter.live, counter.clear, counter.unknown + rest)
        : new EntryCount(counter.live, counter.clear + rest, counter.unknown);
  }

  private static final class Counter implements TceTable.Visitor {
    private final long first;
    private final long end;
    private long live;
    private long clear;
    private long unknown;

    Counter(long first, long end) {
      this.first = first;
      this.end = end;
    }

    @Override
    public void stretch(long from, long count, long value, long step, long mark) {
      long begin = Math.max(from, first);
      long pages = Math.min(from + count, end) - begin;
      if (pages <= 0) {
        return;
      }
      if (Mark.isUnknown(mark)) {
        unknown += pages;
      } else if (Tce.permission(step) == 0) { // so that all are mapped, or none
        add(pages, value);
      } else {
        for (long i = 0; i < pages; i++) {
          add(1, value + (begin - from + i) * step);
        }
      }
    }

    private void add(long pages, long value) {
      if (Tce.isMapped(value)) {
        live += pages;
      } else {
        clear += pages;
      }
    }
  }
}
