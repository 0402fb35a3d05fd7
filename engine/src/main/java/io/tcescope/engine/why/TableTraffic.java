package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The guest's use of its tables as a tracer shows it: which calls on a table succeed, up to when,
 * and how many pages are allocated in it. A table whose calls succeed before a window goes and fail
 * after it is that window's, whatever the recording tells of its LIOBN.
 */
final class TableTraffic implements Observer {
  private static final class Table {
    long lastSuccess;
    long firstFailure;
    long pages;

    /** Pages allocated when a window went, by that event. */
    final Map<Long, Long> pagesAt = new HashMap<>();
  }

  private final Map<Long, Table> tables = new HashMap<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    switch (event.kind()) {
      case HCALL -> {
        BareCall call = BareCall.of(event);
        if (call != null && call.table() != 0) {
          called(table(call.table()), event.ordinal(), !call.failed());
        }
      }
      case H_PUT_TCE, H_PUT_TCE_INDIRECT, H_STUFF_TCE -> {
        if (event.has(Event.GUEST_TABLE | Event.STATUS) && !event.has(Event.WITNESS)) {
          boolean done = event.succeeded() || event.status() == HcallStatus.H_TOO_HARD;
          called(table(BareCall.tableOf(event)), event.ordinal(), done);
        }
      }
      case ALLOC -> allocated(event, 1);
      case FREE -> allocated(event, -1);
      default -> {}
    }
  }

  private Table table(long name) {
    return tables.computeIfAbsent(name, key -> new Table());
  }

  private static void called(Table table, long ordinal, boolean succeeded) {
    if (succeeded) {
      table.lastSuccess = ordinal;
    } else if (table.firstFailure == 0) {
      table.firstFailure = ordinal;
    }
  }

  private void allocated(Event event, int sign) {
    long name = BareCall.tableOf(event);
    if (name != 0) {
      table(name).pages += sign * (event.has(Event.PAGES) ? event.pages() : 1);
    }
  }

  /** A default window has gone: remembers what was allocated in each table. */
  void windowRemoved(long ordinal) {
    tables.values().forEach(table -> table.pagesAt.put(ordinal, table.pages));
  }

  /** True if calls on the symptom's table succeeded before that event, and never after it. */
  boolean brokenBy(Symptom symptom, long removal) {
    Table table = tables.get(name(symptom));
    return table != null
        && table.lastSuccess > 0
        && table.lastSuccess < removal
        && table.firstFailure > removal;
  }

  /** Pages that were allocated in the symptom's table at that event, empty if not recorded. */
  Optional<Long> livePages(Symptom symptom, long removal) {
    Table table = tables.get(name(symptom));
    return table == null ? Optional.empty() : Optional.ofNullable(table.pagesAt.get(removal));
  }

  private static long name(Symptom symptom) {
    return symptom.liobn().orElse(symptom.guestTable().orElse(0));
  }
}
