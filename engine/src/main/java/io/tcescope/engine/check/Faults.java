package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Device accesses to addresses that map nothing. Whether the address ever did, and what, is asked
 * of the past when the replay is over.
 */
final class Faults implements Check {
  private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;
  private static final int SHIFT_4K = 12;
  private static final int SHIFT_64K = 16;

  /** Linux 6.4 computes offsets by the window's page. */
  private static final int LAST_WITH_4K_OFFSETS = 6003;

  /** Accesses alike: to entries of one window that one event cleared (0: that nobody wrote). */
  record Place(DmaWindow window, long clearedBy, boolean inside) {}

  /** A fault: the first access to such a place, and how many there were. */
  static final class Fault {
    final DmaWindow window;
    final long index;
    final long ioba;
    final long clearedBy;
    final long ordinal;
    final boolean inside;

    /** True if the entry before was live then: the device may have run over the end of a buffer. */
    final boolean behindMapping;

    long count;
    long last;

    Fault(Place place, long index, long ioba, long ordinal) {
      this.window = place.window();
      this.clearedBy = place.clearedBy();
      this.inside = place.inside();
      this.index = index;
      this.behindMapping = inside && index > 0 && window.isLive(index - 1);
      this.ioba = ioba;
      this.ordinal = ordinal;
    }

    /** True if the other is a later one at such a place, and has the same cause. */
    boolean tells(Fault other) {
      return window == other.window && clearedBy == other.clearedBy && ordinal < other.ordinal;
    }
  }

  private final Map<Place, Fault> faults = new HashMap<>();
  private final Map<DmaWindow, Misjudged> misjudged = new HashMap<>();
  private final Storms storms = new Storms();
  private final Boots boots;

  /** A use as of a 1:1 window, and the boot (0: none) since which nobody mapped in the window. */
  private record Misjudged(Fault fault, long boot) {}

  Faults(Boots boots) {
    this.boots = boots;
  }

  @Override
  public int interests() {
    return Signal.FAULT;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    boolean judged = window.isOpen() && window.hasGeometry() && !window.isInKernel();
    if (findings.explained() || !judged) {
      return;
    }
    long index = change.lookedUp();
    long mark = window.contains(index) ? window.mark(index) : 0;
    if (Mark.writer(mark) == event.ordinal() || Mark.isUnknown(mark)) {
      return; // nothing was known of the entry before
    }
    Place place = new Place(window, Mark.writer(mark), window.contains(index));
    long ioba = event.has(Event.IOBA_IS_RELATIVE) ? window.start() + event.ioba() : event.ioba();
    Fault fault =
        faults.computeIfAbsent(place, key -> new Fault(key, index, ioba, event.ordinal()));
    fault.count++;
    fault.last = event.ordinal();
    if (offset(event, window, ioba, findings)) {
      return; // no use of memory 1:1, whatever it looks like
    }
    if (looksDirect(window, ioba, state)) {
      misjudged.computeIfAbsent(window, key -> new Misjudged(fault, untouchedSince(window)));
    }
  }

  /** The last boot behind the window's opening, if no entry was mapped since; else 0. */
  private long untouchedSince(DmaWindow window) {
    long boot = boots.since(window.openedBy()).orElse(0);
    boolean[] mapped = {false};
    window.visit(
        (first, count, value, step, mark) ->
            mapped[0] |= Tce.isMapped(value) && Mark.writer(mark) > boot);
    return mapped[0] ? 0 : boot;
  }

  /** The address that a live entry would have if the window had 4K pages. */
  private boolean offset(Event event, DmaWindow window, long ioba, Findings findings) {
    long entry = (ioba - window.start()) >>> SHIFT_4K;
    boolean large = window.pageShift() > SHIFT_64K && window.mapping() == Mapping.DYNAMIC;
    boolean possible = large && boots.mayBe(0, LAST_WITH_4K_OFFSETS) && ioba != window.start();
    boolean matches = possible && window.contains(entry) && window.isLive(entry);
    if (matches) {
      storms.add(
          Storms.Key.of(Rule.LARGE_PAGE_OFFSET_ERROR, window, ""),
          event.ordinal(),
          () ->
              findings
                  .report(Rule.LARGE_PAGE_OFFSET_ERROR, event.ordinal())
                  .atMost(boots.kernelKnown() ? Confidence.INFERRED : Confidence.LOW)
                  .window(window)
                  .ioba(ioba)
                  .address("meant", window.iobaOf(entry))
                  .data("operations", 0L)
                  .message("A device uses {ioba} of {liobn}: {meant} computed with pages of 4K")
                  .evidence(Mark.writer(window.mark(entry)), "maps the address that was meant")
                  .evidence(event.ordinal(), "is the access"));
    }
    return matches;
  }

  /** The address is where a 1:1 mapping would have that memory, but the window is none. */
  private static boolean looksDirect(DmaWindow window, long ioba, IommuState state) {
    OptionalLong ram = state.rules().machine().ram();
    return window.role() == Role.DDW
        && window.mapping() == Mapping.DYNAMIC
        && ram.isPresent()
        && Long.compareUnsigned(ioba - window.start(), ram.getAsLong()) < 0;
  }

  /** The first accesses to entries that a given event cleared. */
  List<Fault> faults() {
    return new ArrayList<>(faults.values());
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    Map<Past.Question, Long> before =
        past.tces(
            faults.values().stream()
                .filter(fault -> fault.clearedBy != 0)
                .map(Faults::beforeTheClear)
                .toList());
    faults.values().stream()
        .sorted((a, b) -> Long.compare(a.ordinal, b.ordinal))
        .forEach(fault -> report(fault, before.get(beforeTheClear(fault)), findings, past));
    misjudged.forEach((window, use) -> misjudged(window, use, findings));
  }

  private static Past.Question beforeTheClear(Fault fault) {
    return new Past.Question(fault.clearedBy, fault.window, fault.index);
  }

  static void report(Fault fault, @Nullable Long old, Findings findings, Past past) {
    if (old != null && Tce.isMapped(old)) {
      afterUnmap(fault, old, findings, past);
    } else {
      boolean undecided = fault.clearedBy != 0 && old == null;
      unmapped(fault, findings).atMost(undecided ? Confidence.LOW : Confidence.CERTAIN);
    }
  }

  private static void afterUnmap(Fault fault, long old, Findings findings, Past past) {
    Draft draft =
        describe(findings.report(Rule.DMA_AFTER_UNMAP, fault.ordinal), fault)
            .address("oldAddress", Tce.realAddress(old, fault.window.pageShift()))
            .data("unmappedBy", fault.clearedBy)
            .message("A device accessed {ioba} in {liobn} after it was unmapped from {oldAddress}")
            .evidence(fault.clearedBy, "unmaps the address")
            .evidence(fault.ordinal, "is a device's access to it");
    OptionalLong between = past.between(fault.clearedBy, fault.ordinal);
    if (between.isPresent()) {
      draft.data("millisecondsAfter", between.getAsLong() / NANOSECONDS_PER_MILLISECOND);
    }
  }

  private static Draft unmapped(Fault fault, Findings findings) {
    return describe(findings.report(Rule.DMA_TO_UNMAPPED, fault.ordinal), fault)
        .data(
            "class",
            fault.behindMapping
                ? "behind a mapping"
                : fault.inside ? "never mapped" : "outside the window")
        .message("A device accessed {ioba} in {liobn}, which maps nothing ({class})")
        .evidence(fault.ordinal, "is a device's access");
  }

  private static Draft describe(Draft draft, Fault fault) {
    return draft
        .window(fault.window)
        .ioba(fault.ioba)
        .data("operations", fault.count)
        .data("lastEvent", fault.last);
  }

  private static void misjudged(DmaWindow window, Misjudged use, Findings findings) {
    Fault fault = use.fault();
    Rule rule = use.boot() > 0 ? Rule.KEXEC_DIRECT_ASSUMPTION : Rule.EXISTING_DDW_MISJUDGED_DIRECT;
    findings
        .report(rule, fault.ordinal)
        .atMost(Confidence.INFERRED)
        .window(window)
        .ioba(fault.ioba)
        .address("memory", fault.ioba - window.start())
        .message("A device uses dynamic window {liobn} as if memory {memory} were mapped 1:1")
        .evidence(window.openedBy(), "made the window")
        .evidence(use.boot(), "is a boot; nobody mapped in the window since")
        .evidence(fault.ordinal, "is an access that nobody mapped");
  }
}
