package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Stretch;

/**
 * Memory that goes while drivers' mappings of it are live; 1:1 windows have a check of their own.
 */
final class FreedMemory implements Check {
  @Override
  public int interests() {
    return Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() != EventKind.MEMORY_REMOVED) {
      return;
    }
    for (DmaWindow window : state.windows()) {
      if (window.mapping() != Mapping.DIRECT && window.mapped() > 0) {
        Mapped mapped = new Mapped(window, event.start(), Memory.blockSize(event));
        Stretch.live(window, mapped::add);
        if (mapped.live > 0) {
          report(event, mapped, findings);
        }
      }
    }
  }

  private static void report(Event event, Mapped mapped, Findings findings) {
    DmaWindow window = mapped.window;
    findings
        .report(Rule.TCE_FREED_PAGE_STILL_MAPPED, event.ordinal())
        .atMost(mapped.observed ? Confidence.CERTAIN : Confidence.INFERRED)
        .window(window)
        .ioba(window.iobaOf(mapped.first))
        .data("live", mapped.live)
        .address("memory", event.start())
        .address("firstIoba", window.iobaOf(mapped.first))
        .address("lastIoba", window.iobaOf(mapped.last))
        .message(
            "Memory at {memory} was removed while {live} {live:entry|entries} of {liobn}"
                + " {live:maps|map} it, first {firstIoba}")
        .evidence(mapped.writer, "mapped the first of them")
        .evidence(event.ordinal(), "removes the memory");
  }

  /** Live entries of a window that map a block of memory. */
  private static final class Mapped {
    final DmaWindow window;
    private final long start;
    private final long size;
    long live;
    boolean observed;
    long first;
    long last;
    long writer;

    Mapped(DmaWindow window, long start, long size) {
      this.window = window;
      this.start = start;
      this.size = size;
    }

    void add(Stretch stretch) {
      long address = Tce.realAddress(stretch.tce(), window.pageShift());
      if (Long.compareUnsigned(address - start, size) < 0) {
        if (live == 0) {
          first = stretch.first();
          writer = Mark.writer(stretch.mark());
        }
        live += stretch.count();
        last = stretch.last();
        observed |= Mark.isObserved(stretch.mark());
      }
    }
  }
}
