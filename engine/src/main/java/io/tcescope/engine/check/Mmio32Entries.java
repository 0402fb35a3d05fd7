package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Stretch;
import java.util.HashSet;
import java.util.Set;

/**
 * Entries inside the 32-bit MMIO range of a window that covers it. The guest's reservation of that
 * range has no effect: it compares CPU addresses with page numbers of the bus. Follows mappings
 * only while there is such a window.
 */
final class Mmio32Entries implements Check {
  private static final int MAPPING = Signal.MAPPED | Signal.REMAPPED | Signal.WAS_UNKNOWN;

  private final Storms storms = new Storms();
  private final Set<DmaWindow> windows = new HashSet<>();
  private final Stretch stretch = new Stretch();

  @Override
  public int interests() {
    return Signal.OPENED | (windows.isEmpty() ? 0 : Signal.CLOSED | MAPPING);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    Machine machine = state.rules().machine();
    change.closed().forEach(windows::remove);
    if (!machine.knowsMmio32()) {
      return;
    }
    BusRange mmio = BusRange.of(machine.mmio32());
    for (DmaWindow window : change.opened()) {
      boolean known = window.hasGeometry() && window.bridge().buid() != 0;
      if (known && BusRange.of(window).overlap(mmio).isPresent()) {
        windows.add(window);
      }
    }
    if (change.has(MAPPING) && windows.contains(change.window())) {
      mapped(event, change, mmio, findings);
    }
  }

  private void mapped(Event event, Change change, BusRange mmio, Findings findings) {
    DmaWindow window = change.window();
    long below = mmio.first() == 0 ? 0 : entriesUpTo(mmio.first() - 1, window);
    long first = Math.max(change.first(), below);
    long end = Math.min(change.first() + change.pages(), entriesUpTo(mmio.last(), window));
    stretch.begin(window, first, end - first);
    while (stretch.next()) {
      if (Tce.isMapped(stretch.tce())) {
        inside(event, window, stretch.first(), stretch.count(), findings);
      }
    }
  }

  /** How many entries of a window begin at that address or before it. */
  private static long entriesUpTo(long ioba, DmaWindow window) {
    return Long.compareUnsigned(ioba, window.start()) < 0 ? 0 : window.indexOf(ioba) + 1;
  }

  /** Reports that so many entries from that one on lie in the range. */
  void inside(Event event, DmaWindow window, long first, long count, Findings findings) {
    long ioba = window.iobaOf(first);
    boolean direct = window.mapping() == Mapping.DIRECT;
    storms
        .entry(
            Storms.Key.of(Rule.TCE_IN_MMIO32_RANGE, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.TCE_IN_MMIO32_RANGE, event.ordinal())
                    .severity(direct ? Severity.ERROR : Severity.CRITICAL)
                    .window(window)
                    .ioba(ioba)
                    .address("firstIoba", ioba)
                    .data("entries", 0L)
                    .data("operations", 0L)
                    .message(
                        "{entries} {entries:entry|entries} of {liobn} {entries:lies|lie} in the"
                            + " 32-bit MMIO range, {firstIoba..lastIoba}")
                    .evidence(window.openedBy(), "made a window over the range")
                    .evidence(event.ordinal(), "maps the first address in it"))
        .count("entries", count)
        .address("lastIoba", window.iobaOf(first + count - 1));
  }
}
