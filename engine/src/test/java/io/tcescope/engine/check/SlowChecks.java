package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What checks say of many entries, the slow and obvious way: by a look at each. */
final class SlowChecks {
  private SlowChecks() {}

  /** The loop of {@link Mmio32Entries}. */
  static final class Mmio32 implements Check {
    private final Mmio32Entries reports = new Mmio32Entries();
    private final Set<DmaWindow> windows = new HashSet<>();

    @Override
    public int interests() {
      return -1;
    }

    @Override
    public void on(Event event, Change change, IommuState state, Findings findings) {
      BusRange mmio = BusRange.of(state.rules().machine().mmio32());
      change.closed().forEach(windows::remove);
      for (DmaWindow window : change.opened()) {
        boolean known = window.hasGeometry() && window.bridge().buid() != 0;
        if (known && BusRange.of(window).overlap(mmio).isPresent()) {
          windows.add(window);
        }
      }
      DmaWindow window = change.window();
      boolean maps = change.has(Signal.MAPPED | Signal.REMAPPED | Signal.WAS_UNKNOWN);
      for (long i = 0; i < change.pages() && maps && windows.contains(window); i++) {
        long index = change.first() + i;
        long ioba = window.iobaOf(index);
        boolean inside = mmio.first() <= ioba && ioba <= mmio.last();
        if (inside && Tce.isMapped(window.tce(index))) {
          reports.inside(event, window, index, 1, findings);
        }
      }
    }
  }

  /** The loop of {@link EntryValues} over calls that succeeded. */
  static final class Values implements Check {
    private final Memory memory;
    private final EntryValues reports;

    Values(Memory memory) {
      this.memory = memory;
      reports = new EntryValues(memory);
    }

    @Override
    public int interests() {
      return Signal.MISALIGNED | Signal.OUTSIDE_MEMORY;
    }

    @Override
    public void on(Event event, Change change, IommuState state, Findings findings) {
      DmaWindow window = change.window();
      boolean judged = event.kind().isTceCall() && window.isOpen() && !change.has(Signal.REFUSED);
      for (long i = 0; i < change.pages() && judged; i++) {
        long index = change.first() + i;
        long tce = window.tce(index);
        boolean live = window.isLive(index);
        if (live && change.has(Signal.MISALIGNED) && Tce.isMisaligned(tce, window.pageShift())) {
          reports.misaligned(event, window, index, 1, findings);
        }
        if (live
            && change.has(Signal.OUTSIDE_MEMORY)
            && !memory.has(Tce.realAddress(tce, window.pageShift()), state)) {
          reports.outside(event, window, index, 1, findings);
        }
      }
    }
  }

  /** {@link Bounds#lengthFrom}. */
  static long lengthFrom(DmaWindow window, long first) {
    long index = first;
    do {
      index++;
    } while (window.contains(index) && window.isLive(index) && !Mark.isStart(window.mark(index)));
    return index - first;
  }

  /** {@link Bounds#lengthUpTo}. */
  static long lengthUpTo(DmaWindow window, long end) {
    long index = end - 1;
    while (index > 0 && window.isLive(index) && !Mark.isStart(window.mark(index))) {
      index--;
    }
    return end - (window.isLive(index) ? index : index + 1);
  }

  /** An allocation whose entries are live. */
  record Allocation(long first, long pages, long writer) {}

  /** What {@link AllocationCensus} counts. */
  static List<Allocation> allocations(DmaWindow window) {
    List<Allocation> allocations = new ArrayList<>();
    for (long index = 0; index < window.entries(); index++) {
      boolean begins = Mark.isStart(window.mark(index)) || index == 0 || !window.isLive(index - 1);
      if (window.isLive(index) && begins) {
        long writer = Mark.writer(window.mark(index));
        allocations.add(new Allocation(index, lengthFrom(window, index), writer));
      }
    }
    return allocations;
  }

  /** What {@link Aliases} counts in a window that is alone on its bridge. */
  static long aliases(DmaWindow window) {
    Set<Long> pages = new HashSet<>();
    long aliases = 0;
    for (long index = 0; index < window.entries(); index++) {
      if (window.isLive(index) && Mark.isObserved(window.mark(index))) {
        aliases += pages.add(Tce.realAddress(window.tce(index), window.pageShift())) ? 0 : 1;
      }
    }
    return aliases;
  }

  /** Indices of entries that {@link FreedMemory} counts. */
  static List<Long> mapping(DmaWindow window, long start, long size) {
    List<Long> indices = new ArrayList<>();
    for (long index = 0; index < window.entries(); index++) {
      long address = Tce.realAddress(window.tce(index), window.pageShift());
      if (window.isLive(index) && address >= start && address < start + size) {
        indices.add(index);
      }
    }
    return indices;
  }

  /** {@link VioQueues.Range#clearedBy}. */
  static long clearedBy(VioQueues.Range range, long before) {
    DmaWindow window = range.window();
    for (long index = range.first(); index < range.first() + range.pages(); index++) {
      long writer = Mark.writer(window.mark(index));
      boolean cleared = writer > range.ordinal() && writer < before;
      if (cleared && window.isOpen() && window.isKnownClear(index)) {
        return writer;
      }
    }
    return 0;
  }
}
