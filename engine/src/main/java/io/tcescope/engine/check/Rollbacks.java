package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of several calls that ran out of resources must be taken back: Linux clears what its
 * earlier calls put, no more and no less, before it does anything else.
 */
final class Rollbacks implements Check {
  private static final int EVERYTHING = -1;

  /** What is still to be cleared: entries from {@code next} up to {@code end}, exclusive. */
  private static final class Debt {
    final DmaWindow window;
    final long start;
    final long end;
    final long failedBy;
    final Caller caller;
    long next;

    Debt(DmaWindow window, long start, long end, Event event) {
      this.window = window;
      this.start = start;
      this.end = end;
      this.failedBy = event.ordinal();
      this.caller = Caller.of(event);
      this.next = start;
    }
  }

  private final List<Debt> debts = new ArrayList<>();

  @Override
  public int interests() {
    return debts.isEmpty() ? Signal.REFUSED : EVERYTHING;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (!event.kind().isTceCall()) {
      return;
    }
    if (!debts.isEmpty()) {
      debts.removeIf(debt -> settled(debt, event, change, findings));
    }
    boolean exhausted =
        event.status() == HcallStatus.H_NOT_ENOUGH_RESOURCES
            && event.kind() == EventKind.H_PUT_TCE_INDIRECT;
    boolean told = event.has(Event.IOBA | Event.LIST) && event.listLength() > 0;
    if (exhausted && change.window().isOpen() && told) {
      failed(event, change.window());
    }
  }

  /** Finds the part of the same mapping that earlier calls have put. */
  private void failed(Event event, DmaWindow window) {
    long end = window.indexOf(event.ioba());
    long start = end;
    long expected = event.list(0);
    boolean goesOn = true;
    while (goesOn && start > 0) {
      expected -= window.pageSize();
      goesOn = window.isLive(start - 1) && window.tce(start - 1) == expected;
      if (goesOn) {
        start--;
        goesOn = !Mark.isStart(window.mark(start));
      }
    }
    if (start < end) {
      debts.add(new Debt(window, start, end, event));
    }
  }

  private static boolean settled(Debt debt, Event event, Change change, Findings findings) {
    if (!debt.caller.mayHaveMade(event) || event.kind() == EventKind.H_GET_TCE) {
      return false;
    }
    boolean clears =
        change.window() == debt.window
            && FailedCalls.isClear(event)
            && change.placeKnown()
            && change.first() == debt.next;
    if (clears) {
      debt.next = change.first() + change.pages();
    }
    if (clears && debt.next < debt.end) {
      return false;
    }
    if (debt.next != debt.end) {
      incomplete(debt, event, findings);
    }
    return true;
  }

  private static void incomplete(Debt debt, @Nullable Event proof, Findings findings) {
    DmaWindow window = debt.window;
    long left = Math.max(0, debt.end - debt.next);
    long first = left > 0 ? debt.next : debt.end;
    long end = left > 0 ? debt.end : debt.next;
    Draft draft =
        findings
            .report(Rule.ROLLBACK_INCOMPLETE, proof == null ? debt.failedBy : proof.ordinal())
            .atMost(Confidence.INFERRED)
            .window(window)
            .ioba(window.iobaOf(first))
            .address("firstIoba", window.iobaOf(first))
            .address("endIoba", window.iobaOf(end))
            .data("live", left)
            .message(
                left > 0
                    ? "A mapping failed half way; {live} of its entries on {liobn} {live:stays|stay} live"
                    : "The clear of a failed mapping on {liobn} takes its neighbours along")
            .evidence(Mark.writer(window.mark(debt.start)), "puts the first part of the mapping")
            .evidence(debt.failedBy, "fails to put the next");
    if (proof != null) {
      draft.evidence(proof.ordinal(), "is the caller's next call");
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    debts.forEach(debt -> incomplete(debt, null, findings));
  }
}
