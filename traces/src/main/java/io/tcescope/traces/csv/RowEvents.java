package io.tcescope.traces.csv;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.traces.qemulog.EventLine;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each call's row means beyond the columns that all calls share. */
public final class RowEvents {
  /** LoPAR's PE state "MMIO and DMA stopped". */
  private static final long FROZEN = 2;

  private static final int PAGE_4K = 12;

  /** Words that stand for several kinds, so that no row can mean one of them. */
  private static final Set<String> AMBIGUOUS =
      Set.of(EventKind.DRC.call(), EventKind.VIO_FREE_CRQ.call());

  private RowEvents() {}

  /** The kind of a row's call, null if there is no such call. */
  public static @Nullable EventKind kind(String call) {
    return AMBIGUOUS.contains(call) ? EventKind.LOG : EventKind.ofCall(call);
  }

  /** Fills the event from the row; throws NumberFormatException where a cell is wrong. */
  public static void fill(Row row, EventKind kind, Event event) {
    row.fill(event, kind);
    if (!asQemuTells(row, kind, event)) {
      byColumns(row, kind, event);
    }
  }

  /**
   * QEMU's events tell some things in a way for which there is no column: one value of a list, the
   * end of a clear, a place in a window, what a table was before it was loaded. Such a row has the
   * event's line as its text.
   */
  private static boolean asQemuTells(Row row, EventKind kind, Event event) {
    boolean told =
        switch (kind) {
          case H_PUT_TCE_INDIRECT -> row.has(Column.LIST);
          case H_STUFF_TCE -> row.has(Column.IOBA) && event.succeeded();
          case DMA -> row.has(Column.IOBA);
          case NEW_TABLE, INTERRUPT, POST_LOAD -> false;
          case LOG -> !AMBIGUOUS.contains(row.text(Column.CALL));
          default -> true;
        };
    EventLine line = told ? null : EventLine.of(row.text(Column.TEXT));
    if (line == null) {
      return false;
    }
    boolean same = kind == EventKind.LOG ? isNamed(line, row) : line.kind() == kind;
    if (same) {
      line.fill(event);
    }
    return same;
  }

  private static boolean isNamed(EventLine line, Row row) {
    return line.kind().call().equals(row.text(Column.CALL));
  }

  private static void byColumns(Row row, EventKind kind, Event event) {
    switch (kind.group()) {
      case DDW -> window(row, event);
      case TABLE -> table(row, event);
      case PLATFORM -> platform(row, kind, event);
      case RECORD -> event.withText(row.text(Column.TEXT));
      case TCE, DEVICE, GUEST -> {
        // The shared columns are all there is.
      }
    }
  }

  /**
   * Counts what a recorder says it lost; how many records stands in {@code pages}, unless the row
   * names a window, whose pages they are then.
   */
  public static void lost(Event event, TraceHealth health) {
    boolean saysHowMany = event.has(Event.PAGES) && !event.has(Event.LIOBN);
    health.lost(saysHowMany ? event.pages() : -1);
    if (saysHowMany) {
      event.withSize(event.pages());
    }
  }

  /** A create asks for a size in bytes, as a shift. */
  private static void window(Row row, Event event) {
    if (!row.has(Column.WINDOW_SHIFT)) {
      return;
    }
    long windowShift = row.shift(Column.WINDOW_SHIFT);
    event.withSize(1L << windowShift);
    if (event.has(Event.PAGE_SHIFT) && windowShift >= event.pageShift()) {
      event.withEntries(1L << (windowShift - event.pageShift()));
    }
  }

  private static void table(Row row, Event event) {
    if (row.has(Column.PAGES)) {
      event.withEntries(event.pages());
      event.is(event.kind(), event.name(), event.fields() & ~Event.PAGES);
    }
    event.withText(row.text(Column.TEXT));
  }

  private static void platform(Row row, EventKind kind, Event event) {
    event.withText(row.text(Column.TEXT));
    boolean memory = kind == EventKind.MEMORY_ADDED || kind == EventKind.MEMORY_REMOVED;
    if (memory && event.has(Event.PAGES)) {
      event.withSize(event.pages() << (event.has(Event.PAGE_SHIFT) ? event.pageShift() : 0));
    } else if (kind == EventKind.EEH && !row.has(Column.TEXT)) {
      event.withId(FROZEN);
    } else if (kind == EventKind.VIO_REGISTER_CRQ || kind == EventKind.VIO_FREE_CRQ) {
      queue(event);
    }
  }

  /** A virtual device's unit address is its window's LIOBN; its queue has pages of 4 KiB. */
  private static void queue(Event event) {
    if (event.has(Event.LIOBN)) {
      event.withId(event.liobn());
    }
    if (event.has(Event.PAGES)) {
      event.withSize(event.pages() << PAGE_4K);
    }
  }
}
