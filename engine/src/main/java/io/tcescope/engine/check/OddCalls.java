package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Notation;
import io.tcescope.engine.state.Signal;

/** Calls whose arguments no allocator would make up. */
final class OddCalls implements Check {
  private static final long MOST_IN_LIST = 512;

  /** A LIOBN below 0 stands for so many tables at most (LoPAR, Multi-TCE-Table option). */
  private static final long MOST_TABLES = 128;

  private static final long LIST_ALIGNMENT = 0xfff;

  private final Storms storms = new Storms();

  @Override
  public int interests() {
    return Signal.ODD_LIST | Signal.REFUSED | Signal.UNKNOWN_LIOBN;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (!event.kind().isTceCall() || findings.explained()) {
      return;
    }
    if (event.liobn() < 0 && event.liobn() >= -MOST_TABLES) {
      negative(event, findings);
      return;
    }
    DmaWindow window = change.window();
    boolean refused = change.has(Signal.REFUSED);
    if (event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
      list(event, change, refused, findings);
    }
    boolean placed =
        event.has(Event.IOBA)
            && !event.has(Event.IOBA_IS_END)
            && window.isOpen()
            && window.hasGeometry();
    if (placed && (event.ioba() & (window.pageSize() - 1)) != 0) {
      misaligned(event, window, findings);
    }
  }

  private void negative(Event event, Findings findings) {
    findings.explain();
    storms.add(
        new Storms.Key(Rule.PUT_THROUGH_NEGATIVE_LIOBN, event.liobn(), 0, ""),
        event.ordinal(),
        () ->
            findings
                .report(Rule.PUT_THROUGH_NEGATIVE_LIOBN, event.ordinal())
                .liobn(event.liobn())
                .ioba(event)
                .data("tables", Math.abs(event.liobn()))
                .data("operations", 0L)
                .message(
                    "{operations} {operations:call|calls} on {tables} {tables:table|tables} at once")
                .evidence(event.ordinal(), "has a negative LIOBN"));
  }

  private void list(Event event, Change change, boolean refused, Findings findings) {
    boolean unaligned =
        event.has(Event.LIST_ADDRESS) && (event.listAddress() & LIST_ALIGNMENT) != 0;
    boolean wrongCount =
        event.has(Event.PAGES) && Long.compareUnsigned(event.pages() - 1, MOST_IN_LIST - 1) > 0;
    boolean shown = !event.has(Event.LIST_LAST_ONLY);
    if (refused && shown && (wrongCount || unaligned)) {
      invalid(event, change.window(), findings);
    } else if (!refused && change.window().hasGeometry() && !rises(event, change.window())) {
      scattered(event, change.window(), findings);
    }
  }

  private static boolean rises(Event event, DmaWindow window) {
    for (int i = 1; event.has(Event.LIST) && i < event.listLength(); i++) {
      if (event.list(i) != event.list(i - 1) + window.pageSize()
          && (event.list(i) | event.list(i - 1)) != 0) {
        return false;
      }
    }
    return true;
  }

  private void invalid(Event event, DmaWindow window, Findings findings) {
    Draft draft =
        storms.add(
            Storms.Key.of(Rule.INDIRECT_LIST_INVALID, window, ""),
            event.ordinal(),
            () -> firstInvalid(event, findings));
    draft.evidence(event.ordinal(), "is refused whole");
    if (window.isOpen()) {
      draft.window(window);
    }
  }

  private static Draft firstInvalid(Event event, Findings findings) {
    Draft draft =
        findings
            .report(Rule.INDIRECT_LIST_INVALID, event.ordinal())
            .liobn(event.liobn())
            .ioba(event)
            .data("operations", 0L);
    String list = "";
    if (event.has(Event.PAGES)) {
      draft.data("pages", Draft.unsigned(event.pages()));
      list += ": {pages} {pages:entry|entries}";
    }
    if (event.has(Event.LIST_ADDRESS)) {
      draft.address("list", event.listAddress());
      list += list.isEmpty() ? ": at {list}" : " at {list}";
    }
    return draft.message(
        "{operations} indirect {operations:put|puts} on {liobn} {operations:names|name} a list that"
            + " cannot be one"
            + list);
  }

  private void scattered(Event event, DmaWindow window, Findings findings) {
    storms
        .add(
            Storms.Key.of(Rule.INDIRECT_NOT_CONTIGUOUS, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.INDIRECT_NOT_CONTIGUOUS, event.ordinal())
                    .window(window)
                    .ioba(event)
                    .data("pages", Draft.unsigned(event.pages()))
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:list|lists} on {liobn} {operations:does|do} not"
                            + " rise by a page an entry"))
        .evidence(event.ordinal(), "has such a list");
  }

  private void misaligned(Event event, DmaWindow window, Findings findings) {
    storms
        .add(
            Storms.Key.of(Rule.IOBA_MISALIGNED, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.IOBA_MISALIGNED, event.ordinal())
                    .window(window)
                    .ioba(event)
                    .address("page", window.pageSize())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:call|calls} on {liobn} {operations:names|name}"
                            + " addresses inside a page of "
                            + Notation.pageSize(window.pageShift())
                            + ", first {ioba}"))
        .evidence(event.ordinal(), "names " + Hex.of(event.ioba()));
  }
}
