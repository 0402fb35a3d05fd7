package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;

/** What the mappings that live at the recording's end tell of the guest's allocator and drivers. */
final class LiveMappings implements Check {
  private static final long ENOUGH = 32;
  private static final long LEAK_ENOUGH = 256;
  private static final long AMPLIFIED_PERCENT = 90;
  private static final int SHIFT_4K = 12;

  /** The first parts of a window's life, in which drivers set up what they keep. */
  private static final int SET_UP_INTERVALS = 2;

  private static final long LEAST_IN_INTERVAL = 16;

  @Override
  public int interests() {
    return 0;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {}

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    for (DmaWindow window : state.windows()) {
      boolean allocator =
          window.mapping() == Mapping.DYNAMIC
              && window.hasGeometry()
              && window.role() != Role.VIO
              && window.mapped() > 0;
      if (allocator) {
        judge(window, AllocationCensus.of(window, state.events()), state, findings);
        if (state.rules().inferLists()) {
          entryZero(window, findings); // other guests than Linux may use it
        }
      }
    }
    Aliases.report(state, findings);
  }

  /** Linux never hands out bus address 0. */
  private static void entryZero(DmaWindow window, Findings findings) {
    if (window.start() == 0 && window.isLive(0)) {
      long writer = Mark.writer(window.mark(0));
      findings
          .report(Rule.ENTRY_ZERO_USED, writer)
          .atMost(Mark.isObserved(window.mark(0)) ? Confidence.CERTAIN : Confidence.INFERRED)
          .window(window)
          .ioba(0)
          .address("tce", window.tce(0))
          .message("Bus address 0 of {liobn} was mapped by the allocator")
          .evidence(writer, "maps it");
    }
  }

  private static void judge(
      DmaWindow window, AllocationCensus census, IommuState state, Findings findings) {
    if (census.crossing >= 0) {
      findings
          .report(Rule.SEGMENT_BOUNDARY_CROSSED, state.events())
          .atMost(Confidence.INFERRED)
          .window(window)
          .ioba(window.iobaOf(census.crossing))
          .message("The mapping at {ioba} in {liobn} crosses a 4 GiB boundary")
          .evidence(Mark.writer(window.mark(census.crossing)), "made the mapping");
    }
    boolean amplified =
        window.pageShift() == SHIFT_4K
            && census.allocations >= ENOUGH
            && census.ofSixteen * 100 >= census.allocations * AMPLIFIED_PERCENT;
    if (amplified) {
      findings
          .report(Rule.PAGE_SIZE_AMPLIFICATION, state.events())
          .atMost(Confidence.INFERRED)
          .window(window)
          .data("allocations", census.allocations)
          .data("ofSixteen", census.ofSixteen)
          .message("{ofSixteen} of {allocations} mappings in {liobn} take 16 entries each")
          .evidence(census.oldestWriter, "made the oldest of them");
    }
    if (grows(census)) {
      leak(window, census, state, findings);
    }
  }

  /** Mappings that stay, made in every part of the window's life and not only at its start. */
  private static boolean grows(AllocationCensus census) {
    if (census.allocations < LEAK_ENOUGH) {
      return false;
    }
    for (int i = SET_UP_INTERVALS; i < AllocationCensus.INTERVALS; i++) {
      if (census.madeIn[i] < LEAST_IN_INTERVAL) {
        return false;
      }
    }
    return true;
  }

  private static void leak(
      DmaWindow window, AllocationCensus census, IommuState state, Findings findings) {
    findings
        .report(Rule.TCE_LEAK, state.events())
        .atMost(Confidence.INFERRED)
        .window(window)
        .ioba(window.iobaOf(census.oldestFirst))
        .data("live", window.mapped())
        .data("allocations", census.allocations)
        .data("oldest", census.oldestWriter)
        .message(
            "{allocations} mappings in {liobn} are never freed, and more come all the time; the"
                + " oldest is at {ioba}")
        .evidence(census.oldestWriter, "made the oldest mapping that is still live");
  }
}
