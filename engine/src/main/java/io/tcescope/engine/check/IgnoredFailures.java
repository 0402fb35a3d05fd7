package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Failures that Linux prints and forgets: a map that failed is given to the driver as done (unless
 * the status is H_NOT_ENOUGH_RESOURCES), an unmap that failed frees the address. A guest that takes
 * a failed map back with its next call is no such guest.
 */
final class IgnoredFailures implements Check {
  /** No guest clears more at once; what lies behind is not looked through. */
  private static final long MOST_LOOKED_AT = 1L << 20;

  private static final int RANGES_KEPT = 256;
  private static final int EVERYTHING = -1;

  /** Entries that a failed call names. */
  private record Range(DmaWindow window, long first, long pages, long ordinal, Caller caller) {
    boolean contains(DmaWindow other, long index) {
      return window == other && index - first >= 0 && index - first < pages;
    }
  }

  private final Storms storms = new Storms();

  /** Maps that failed, and whose caller has not made its next call yet. */
  private final List<Range> open = new ArrayList<>();

  private final List<Range> failedMaps = new ArrayList<>();
  private final List<Range> failedClears = new ArrayList<>();

  /** What drivers made of failed maps: certain of a Linux guest only. */
  static String told(IommuState state) {
    boolean linux = state.rules().inferLists() || !state.rules().showsTables();
    return linux
        ? "drivers were told they succeeded"
        : "if the guest is Linux, drivers were told they succeeded";
  }

  @Override
  public int interests() {
    if (!open.isEmpty()) {
      return EVERYTHING;
    }
    return Signal.REFUSED
        | (failedMaps.isEmpty() ? 0 : Signal.FAULT)
        | (failedClears.isEmpty() ? 0 : Signal.REMAPPED | Signal.REWRITTEN);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (!open.isEmpty() && event.kind().isTceCall()) {
      open.removeIf(range -> decided(range, event, change, findings));
    }
    if (change.has(Signal.FAULT)) {
      used(event, change, findings);
    }
    if (change.has(Signal.REMAPPED | Signal.REWRITTEN)) {
      reused(event, change, findings);
    }
    boolean failed =
        change.has(Signal.REFUSED)
            && !findings.explained()
            && event.kind().isTceCall()
            && change.window().isOpen();
    if (failed && event.status() != HcallStatus.H_TOO_HARD) {
      refused(event, change, findings);
    }
  }

  private void refused(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    long first = window.indexOf(event.ioba());
    boolean inside = event.has(Event.IOBA) && window.hasGeometry() && window.contains(first);
    if (event.kind() == EventKind.H_GET_TCE || !inside || mayBeEmpty(event, change)) {
      return; // a call that names nothing inside the window changes and loses nothing
    }
    long pages = event.kind() == EventKind.H_PUT_TCE ? 1 : event.pages();
    Range range = new Range(window, first, pages, event.ordinal(), Caller.of(event));
    if (FailedCalls.isClear(event)) {
      clearFailed(event, range, findings);
    } else if (event.kind() != EventKind.H_STUFF_TCE
        && event.status() != HcallStatus.H_NOT_ENOUGH_RESOURCES
        && !isFill(event, window)) {
      open.add(range);
    }
  }

  /** A call of no entries; QEMU's record of one at the window's last entry may be such a call. */
  private static boolean mayBeEmpty(Event event, Change change) {
    return change.has(Signal.EMPTY)
        || (event.has(Event.LIST_LAST_ONLY) && event.pages() == 1 && event.tce() == Tce.CLEAR);
  }

  /** Linux does look at the status when it fills a 1:1 window, and takes the window down. */
  private static boolean isFill(Event event, DmaWindow window) {
    boolean mayBeDirect =
        window.mapping() == Mapping.UNDECIDED || window.mapping() == Mapping.DIRECT;
    if (event.kind() != EventKind.H_PUT_TCE_INDIRECT || !mayBeDirect) {
      return false;
    }
    boolean whole = event.has(Event.LIST) && event.listLength() > 0;
    long tce = whole ? event.list(0) : event.tce();
    long behind = whole ? 0 : event.pages();
    long ioba = event.ioba() - window.start() + (behind << window.pageShift());
    return Tce.realAddress(tce, window.pageShift()) == ioba;
  }

  /** The caller's next call: either it takes the map back, or it goes on as if nothing was. */
  private boolean decided(Range range, Event event, Change change, Findings findings) {
    if (!range.caller().mayHaveMade(event) || event.ordinal() == range.ordinal()) {
      return false;
    }
    if (!takesBack(range, event, change)) {
      ignored(range, findings).evidence(event.ordinal(), "is the caller's next call");
    }
    return true;
  }

  private static boolean takesBack(Range range, Event event, Change change) {
    if (!FailedCalls.isClear(event) || event.liobn() != range.window().liobn()) {
      return false;
    }
    if (event.has(Event.IOBA_IS_END)) {
      long end = range.window().indexOf(event.ioba() - 1) + 1;
      return end > range.first() && end - event.pages() <= range.first();
    }
    long first = range.window().indexOf(event.ioba());
    boolean reaches =
        event.kind() != EventKind.H_STUFF_TCE || range.first() - first < event.pages();
    return change.placeKnown() && first <= range.first() && reaches;
  }

  private Draft ignored(Range range, Findings findings) {
    keep(failedMaps, range);
    DmaWindow window = range.window();
    return storms
        .add(
            Storms.Key.of(Rule.PUT_FAILURE_IGNORED, window, ""),
            range.ordinal(),
            () ->
                findings
                    .report(Rule.PUT_FAILURE_IGNORED, range.ordinal())
                    .severity(Severity.ERROR)
                    .atMost(Confidence.INFERRED)
                    .window(window)
                    .ioba(window.iobaOf(range.first()))
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:map|maps} on {liobn} failed and"
                            + " {operations:was|were} not taken back"))
        .evidence(range.ordinal(), "fails; Linux tells the driver that it succeeded");
  }

  private static void keep(List<Range> ranges, Range range) {
    if (ranges.size() < RANGES_KEPT) {
      ranges.add(range);
    }
  }

  /** A device uses an address whose map failed. */
  private void used(Event event, Change change, Findings findings) {
    open.removeIf(
        range -> {
          boolean met = range.contains(change.window(), change.lookedUp());
          if (met) { // taken back or not, it was used
            ignored(range, findings);
          }
          return met;
        });
    for (Range range : failedMaps) {
      if (range.contains(change.window(), change.lookedUp())) {
        ignored(range, findings)
            .count("operations", -1)
            .severity(Severity.CRITICAL)
            .evidence(event.ordinal(), "is a device's access to an address whose map failed");
        findings.explain();
        return;
      }
    }
  }

  private void clearFailed(Event event, Range range, Findings findings) {
    if (event.has(Event.IOBA_IS_END)) {
      return; // where it began is not recorded
    }
    DmaWindow window = range.window();
    long live = 0;
    long undecided = 0;
    long looked = Math.min(range.pages(), MOST_LOOKED_AT);
    for (long i = 0; i < looked && window.contains(range.first() + i); i++) {
      long mark = window.mark(range.first() + i);
      live += window.isLive(range.first() + i) ? 1 : 0;
      undecided += Mark.isUnknown(mark) && Mark.writer(mark) == event.ordinal() ? 1 : 0;
    }
    if (live + undecided == 0) {
      return;
    }
    keep(failedClears, range);
    freeFailed(range, findings)
        .atMost(live > 0 ? Confidence.CERTAIN : Confidence.LOW)
        .count("live", live)
        .count("undecided", undecided)
        .evidence(range.ordinal(), "fails to clear the entries");
  }

  private Draft freeFailed(Range range, Findings findings) {
    return storms.add(
        Storms.Key.of(Rule.FREE_FAILURE_LEAVES_LIVE_TCES, range.window(), ""),
        range.ordinal(),
        () ->
            findings
                .report(Rule.FREE_FAILURE_LEAVES_LIVE_TCES, range.ordinal())
                .severity(Severity.ERROR)
                .window(range.window())
                .ioba(range.window().iobaOf(range.first()))
                .data("operations", 0L)
                .data("live", 0L)
                .data("undecided", 0L)
                .message(
                    "{operations} {operations:clear|clears} on {liobn} failed; {live} {live:entry"
                        + " stays|entries stay} live, {undecided} may"));
  }

  /** The allocator has given the address to somebody else, while the old entry was live. */
  private void reused(Event event, Change change, Findings findings) {
    for (Range range : failedClears) {
      boolean meets =
          range.window() == change.window()
              && change.first() < range.first() + range.pages()
              && range.first() < change.first() + change.pages();
      if (meets) {
        freeFailed(range, findings)
            .count("operations", -1)
            .severity(Severity.CRITICAL)
            .evidence(event.ordinal(), "maps over an entry that a failed clear left live");
        return;
      }
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    open.forEach(range -> ignored(range, findings));
  }
}
