package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.EntryCount;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Stretch;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** 1:1 windows that were made in the recording, not filled to the end, and kept. */
final class DirectFill implements Check {
  private final WindowHistory history;

  /** A call of a window's filling that failed, and the entries it names. */
  private record Failure(long first, long pages, long ordinal) {
    long missing(DmaWindow window) {
      return EntryCount.of(window, first, pages).clear();
    }

    /** Entries of which the failed call may have set some; nobody wrote them since. */
    long undecided(DmaWindow window) {
      long undecided = 0;
      Stretch stretch = new Stretch();
      stretch.beginNamed(window, first, pages);
      while (stretch.next()) {
        boolean left = Mark.isUnknown(stretch.mark()) && Mark.writer(stretch.mark()) == ordinal;
        undecided += left ? stretch.count() : 0;
      }
      return undecided;
    }
  }

  /** The first failure of each window's filling. */
  private final Map<DmaWindow, Failure> failures = new HashMap<>();

  DirectFill(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.REFUSED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    boolean fill =
        event.kind() == EventKind.H_PUT_TCE_INDIRECT
            && window.isOpen()
            && window.mapping() == Mapping.DIRECT
            && event.has(Event.IOBA | Event.PAGES)
            && window.covers(event.ioba());
    if (fill) {
      failures.putIfAbsent(
          window, new Failure(window.indexOf(event.ioba()), event.pages(), event.ordinal()));
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    for (DmaWindow window : state.windows()) {
      boolean judged =
          window.mapping() == Mapping.DIRECT
              && window.role() == Role.DDW
              && window.mapped() > 0
              && !window.usage().isMixed()
              && history.creation(window).isPresent();
      if (judged) {
        judge(window, state.rules().machine().ram(), findings);
      }
    }
  }

  private void judge(DmaWindow window, OptionalLong ram, Findings findings) {
    Failure failure = failures.get(window);
    long missing = failure == null ? 0 : failure.missing(window);
    long undecided = failure == null || missing > 0 ? 0 : failure.undecided(window);
    if (failure != null && missing > 0) {
      report(window, failure.ordinal(), failure.first(), missing, findings)
          .evidence(failure.ordinal(), "fails to fill a part of it");
    } else if (failure != null && undecided > 0) {
      report(window, failure.ordinal(), failure.first(), undecided, findings)
          .atMost(Confidence.LOW)
          .reworded("not filled", "not filled, or not all of them")
          .evidence(
              failure.ordinal(), "fails to fill a part of it; how far it came is not recorded");
    } else if (window.unknown() == 0) {
      gap(window, ram, findings);
    }
  }

  private static void gap(DmaWindow window, OptionalLong ram, Findings findings) {
    Gap gap = new Gap();
    window.visit(gap::stretch);
    long end = ram.isPresent() ? ram.getAsLong() >>> window.pageShift() : 0;
    gap.upTo(Math.min(Math.max(end, gap.behindLive), window.entries()));
    if (gap.first >= 0) {
      Draft draft = report(window, window.openedBy(), gap.first, gap.missing, findings);
      if (ram.isPresent()) {
        draft.atMost(Confidence.INFERRED);
      } else {
        draft.severity(Severity.WARNING).atMost(Confidence.LOW); // memory itself may have a hole
      }
    }
  }

  private static Draft report(
      DmaWindow window, long ordinal, long first, long missing, Findings findings) {
    return findings
        .report(Rule.DIRECT_FILL_INCOMPLETE, ordinal)
        .window(window)
        .ioba(window.iobaOf(first))
        .address("firstIoba", window.iobaOf(first))
        .data("missing", missing)
        .data("mapped", window.mapped())
        .message(
            "{missing} {missing:entry|entries} of 1:1 window {liobn} {missing:was|were} not filled,"
                + " first {firstIoba}; the window was kept")
        .evidence(window.openedBy(), "makes the window");
  }

  /** Entries below the last live one that nobody wrote since the window was made. */
  private static final class Gap {
    long first = -1;
    long missing;
    long behindLive;
    private long next;

    void stretch(long index, long count, long value, long step, long mark) {
      if (Mark.writer(mark) == 0) {
        return; // as good as never written
      }
      upTo(index);
      next = index + count;
      if (Tce.isMapped(value) && !Mark.isUnknown(mark)) {
        behindLive = next;
      }
    }

    void upTo(long end) {
      if (end > next) {
        first = first < 0 ? next : first;
        missing += end - next;
        next = end;
      }
    }
  }
}
