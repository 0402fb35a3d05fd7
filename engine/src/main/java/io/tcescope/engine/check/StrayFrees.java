package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.EntryCount;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;

/** Frees of addresses that belong to another window, as the calls or the guest itself tell. */
final class StrayFrees implements Check {
  private static final String INVALID = "iommu_free: invalid entry";

  /** Frees compared with other windows; who makes more of them is no confused Linux. */
  private static final int MOST_TRIES = 1000;

  private final Storms storms = new Storms();
  private int tries;

  @Override
  public int interests() {
    return Signal.RECORD | Signal.OUT_OF_WINDOW | Signal.DEAD_LIOBN | Signal.CLEARED_UNMAPPED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.LOG) {
      if (event.name().equals(INVALID) || event.text().contains(INVALID)) {
        invalid(event, state, findings);
      }
      return;
    }
    boolean clear =
        event.kind().isTceCall()
            && event.kind() != EventKind.H_GET_TCE
            && FailedCalls.isClear(event)
            && !change.has(Signal.SWEEPING);
    boolean placed =
        change.placeKnown()
            || (event.has(Event.IOBA)
                && (!event.has(Event.IOBA_IS_END) || beganOutside(event, change)));
    if (clear && placed && change.window().bridge() != Bridge.NONE && tries++ < MOST_TRIES) {
      misplaced(event, change, state, findings);
    }
  }

  /** QEMU shows where a clear stopped; outside of the window, that is where it began. */
  private static boolean beganOutside(Event event, Change change) {
    DmaWindow window = change.window();
    return change.has(Signal.OUT_OF_WINDOW)
        && window.hasGeometry()
        && event.ioba() != window.end()
        && !window.covers(event.ioba());
  }

  private void invalid(Event event, IommuState state, Findings findings) {
    DmaWindow named = event.has(Event.LIOBN) ? state.window(event.liobn()) : DmaWindow.NONE;
    storms
        .add(
            new Storms.Key(Rule.INVALID_FREE_ENTRY, event.liobn(), named.generation(), ""),
            event.ordinal(),
            () -> {
              Draft draft =
                  findings
                      .report(Rule.INVALID_FREE_ENTRY, event.ordinal())
                      .data("operations", 0L)
                      .message("The guest freed an address that its table does not have");
              if (event.has(Event.LIOBN | Event.IOBA)) {
                draft
                    .liobn(event.liobn())
                    .ioba(event)
                    .data("relation", relation(event, named, state))
                    .message(
                        "The guest freed {ioba}, which table {liobn} does not have: {relation}");
              }
              return draft;
            })
        .evidence(event.ordinal(), "is the guest's complaint");
  }

  /** Where the address would belong. */
  private static String relation(Event event, DmaWindow named, IommuState state) {
    if (named.isOpen() && named.generation() > 1) {
      return "the LIOBN named another window before";
    }
    for (DmaWindow window : state.windows()) {
      boolean other =
          window != named && window.bridge() == named.bridge() && named.bridge() != Bridge.NONE;
      if (other && window.hasGeometry() && window.covers(event.ioba())) {
        return "it lies in window " + Hex.of(window.liobn()) + " of the PE";
      }
    }
    if (!named.isOpen() || !named.hasGeometry()) {
      return "where it belongs is not recorded";
    }
    return named.covers(event.ioba())
        ? "it lies in the window as recorded"
        : "it lies in no window that is recorded of the PE";
  }

  /** The same address and size is a live mapping of the PE's other window. */
  private void misplaced(Event event, Change change, IommuState state, Findings findings) {
    boolean shownEnd = event.has(Event.IOBA_IS_END) && !beganOutside(event, change);
    long ioba = shownEnd ? change.window().iobaOf(change.first()) : event.ioba();
    long pages = event.kind() == EventKind.H_PUT_TCE ? 1 : event.pages();
    for (DmaWindow other : state.windows(change.window().bridge())) {
      if (other != change.window() && other.hasGeometry() && isMapping(other, ioba, pages)) {
        storms
            .add(
                Storms.Key.of(Rule.SRIOV_TABLE_INDEX_CONFUSION, other, ""),
                event.ordinal(),
                () ->
                    findings
                        .report(Rule.SRIOV_TABLE_INDEX_CONFUSION, event.ordinal())
                        .atMost(Confidence.LOW)
                        .window(other)
                        .ioba(ioba)
                        .address("freedIn", event.liobn())
                        .data("operations", 0L)
                        .message("{ioba} is mapped in {liobn} and freed in {freedIn}")
                        .evidence(Mark.writer(other.mark(other.indexOf(ioba))), "maps it"))
            .evidence(event.ordinal(), "frees it in the other window");
        return;
      }
    }
  }

  private static boolean isMapping(DmaWindow window, long ioba, long pages) {
    long first = window.indexOf(ioba);
    boolean live = EntryCount.of(window, first, pages).live() == pages;
    return pages > 0 && live && Mark.isStart(window.mark(first));
  }
}
