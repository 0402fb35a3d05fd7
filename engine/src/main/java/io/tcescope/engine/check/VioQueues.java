package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.EntryCount;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranges of a virtual device's window that somebody else works with: queues registered with the
 * hypervisor, entries that the partner has copied. Every entry knows who wrote it last, so nothing
 * need be watched in between.
 */
final class VioQueues implements Check {
  private static final String KEY_OF_COPIES = "copies";

  /** Entries in use from an event on. */
  record Range(DmaWindow window, long first, long pages, long ordinal) {
    static Range of(Event event, DmaWindow window, long bytes) {
      long first = window.indexOf(event.ioba());
      long last = window.indexOf(event.ioba() + Math.max(1, bytes) - 1);
      return new Range(window, first, last - first + 1, event.ordinal());
    }

    boolean isInside() {
      return window.contains(first) && window.contains(first + pages - 1);
    }

    /** Who wrote it since, and left an entry unmapped; 0 if nobody did before that event. */
    long clearedBy(long before) {
      Stretch stretch = new Stretch();
      stretch.begin(window, first, window.isOpen() ? pages : 0);
      while (stretch.next()) {
        long writer = Mark.writer(stretch.mark());
        if (writer > ordinal && writer < before && stretch.isKnownClear()) {
          return writer;
        }
      }
      return 0;
    }
  }

  private final Storms storms = new Storms();
  private final Map<Long, Range> queues = new LinkedHashMap<>();
  private final List<Range> copies = new ArrayList<>();

  @Override
  public int interests() {
    return Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    switch (event.kind()) {
      case VIO_REGISTER_CRQ -> registered(event, state, findings);
      case VIO_FREE_CRQ -> freed(event, findings);
      case MACHINE_RESET, QUIESCE -> queues.clear(); // tables and queues go together
      case H_PUT_RTCE -> copied(event, state);
      case H_REMOVE_RTCE -> givenBack(event, findings);
      default -> {} // nothing of a virtual device
    }
  }

  /** QEMU numbers a device's window by its unit address; a table of calls has no other column. */
  private static long unit(Event event) {
    return event.has(Event.ID) ? event.id() : event.liobn();
  }

  private void registered(Event event, IommuState state, Findings findings) {
    DmaWindow window = state.window(unit(event));
    boolean done =
        !event.has(Event.STATUS) || event.succeeded() || event.status() == HcallStatus.H_TOO_HARD;
    if (!window.isOpen() || window.role() != Role.VIO || !window.hasGeometry()) {
      return;
    }
    long bytes = event.has(Event.SIZE) ? event.size() : event.pages() << window.pageShift();
    Range range = Range.of(event, window, bytes);
    if (!range.isInside() || window.peakMapped() == 0 || window.isInKernel()) {
      return; // firmware works with the window bypassed, and maps nothing
    }
    long clear = EntryCount.of(window, range.first(), range.pages()).clear();
    if (clear > 0) {
      findings
          .report(Rule.VIO_REGISTER_UNMAPPED, event.ordinal())
          .window(window)
          .ioba(event)
          .data("pages", range.pages())
          .data("unmapped", clear)
          .message(
              "A queue at {ioba} of {liobn} was registered; {unmapped} of {pages}"
                  + " {pages:page|pages} {unmapped:maps|map} nothing")
          .evidence(event.ordinal(), "registers the queue");
    } else if (done) {
      queues.put(unit(event), range);
    }
  }

  private void freed(Event event, Findings findings) {
    Range range = queues.remove(unit(event));
    if (range != null) {
      judgeQueue(range, event.ordinal(), findings);
    }
  }

  private static void judgeQueue(Range range, long before, Findings findings) {
    long clear = range.clearedBy(before);
    if (clear > 0) {
      findings
          .report(Rule.VIO_BUFFER_UNMAPPED_WHILE_REGISTERED, clear)
          .window(range.window())
          .ioba(range.window().iobaOf(range.first()))
          .data("registeredBy", range.ordinal())
          .data("pages", range.pages())
          .message("The queue at {ioba} of {liobn} was unmapped while it was registered")
          .evidence(range.ordinal(), "registers the queue")
          .evidence(clear, "unmaps it");
    }
  }

  private void copied(Event event, IommuState state) {
    DmaWindow window = state.window(event.liobn());
    if (window.isOpen() && window.hasGeometry() && event.has(Event.IOBA)) {
      long pages = event.has(Event.PAGES) ? event.pages() : 1;
      Range range = Range.of(event, window, pages << window.pageShift());
      if (range.isInside()) {
        copies.add(range);
      }
    }
  }

  private void givenBack(Event event, Findings findings) {
    copies.removeIf(
        range -> {
          boolean same =
              range.window().liobn() == event.liobn()
                  && range.window().indexOf(event.ioba()) == range.first();
          if (same) {
            judgeCopy(range, event.ordinal(), findings);
          }
          return same;
        });
  }

  private void judgeCopy(Range range, long before, Findings findings) {
    long clear = range.clearedBy(before);
    if (clear > 0) {
      storms
          .add(
              Storms.Key.of(Rule.RTCE_REDIRECTED_CLEARED, range.window(), KEY_OF_COPIES),
              clear,
              () ->
                  findings
                      .report(Rule.RTCE_REDIRECTED_CLEARED, clear)
                      .window(range.window())
                      .ioba(range.window().iobaOf(range.first()))
                      .data("copiedBy", range.ordinal())
                      .data("operations", 0L)
                      .message(
                          "{operations} {operations:entry|entries} of {liobn}"
                              + " {operations:was|were} cleared while the partner used a copy, first"
                              + " {ioba}"))
          .evidence(range.ordinal(), "copies the entry")
          .evidence(clear, "clears it before the copy was given back");
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    queues.values().forEach(range -> judgeQueue(range, Long.MAX_VALUE, findings));
    copies.forEach(range -> judgeCopy(range, Long.MAX_VALUE, findings));
  }
}
