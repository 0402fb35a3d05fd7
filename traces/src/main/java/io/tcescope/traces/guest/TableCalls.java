package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/** What a function on a table tells of the entries it sets, once its arguments are known. */
final class TableCalls {
  private TableCalls() {}

  /** Adds the arguments of a function to a record that is no call of its own. */
  static void sign(Event event, OpenCall call) {
    table(event, call, 0);
    if (call.tellsPages()) {
      event.withPages(call.pages);
    }
    if (call.tellsAddress()) {
      address(event, call, call.realAddress());
    }
  }

  /**
   * Fills in the hypervisor call that a function has made, behind those it has made before. It
   * becomes a call on a table only if the recording tells all that the call did; else it stays one
   * of which the opcode, the status and what else is known are recorded.
   */
  static void fill(Event event, OpenCall call, EventKind kind) {
    boolean single = kind == EventKind.H_PUT_TCE;
    table(event, call, call.done);
    if (!single && call.tellsPages()) {
      event.withPages(call.nextChunk());
    }
    if (call.tellsAddress() && (call.done == 0 || call.tellsPageSize())) {
      address(event, call, firstPage(call));
    }
    if (event.has(Event.LIOBN | Event.IOBA) && (single || call.tellsPages())) {
      complete(event, call, kind);
    }
  }

  private static void address(Event event, OpenCall call, long first) {
    event.withRealAddress(first);
    if (call.tellsPermission()) {
      event.withPermission(call.permission);
    }
  }

  private static void complete(Event event, OpenCall call, EventKind kind) {
    boolean clears = call.function == GuestFunction.FREE || kind == EventKind.H_STUFF_TCE;
    boolean tellsValue = clears || event.has(Event.REAL_ADDRESS | Event.PERMISSION);
    if (!tellsValue) {
      return;
    }
    String name = event.name();
    event.is(kind, name, event.fields() & ~Event.ID);
    if (clears) {
      event.withTce(0);
    } else if (kind == EventKind.H_PUT_TCE) {
      event.withTce(event.realAddress() | call.permission);
    } else {
      list(event, call);
    }
  }

  /** The list holds consecutive pages: a buffer is contiguous in real memory. */
  private static void list(Event event, OpenCall call) {
    long pages = event.pages();
    event.beginList();
    for (long i = 0; i < pages; i++) {
      event.addToList(event.realAddress() + (i << call.pageShift) | call.permission);
    }
  }

  /** Real address of the first page that the next call maps; whole pages of the table. */
  private static long firstPage(OpenCall call) {
    if (!call.tellsPageSize()) {
      return call.realAddress();
    }
    long start = call.realAddress() >>> call.pageShift << call.pageShift;
    return start + (call.done << call.pageShift);
  }

  private static void table(Event event, OpenCall call, long done) {
    if (call.table != 0) {
      event.withGuestTable(call.table);
    }
    if (call.tellsLiobn) {
      event.withLiobn(call.liobn);
    }
    if (call.tellsNumber()) {
      event.withTceNumber(call.number + done);
      if (call.tellsLiobn && call.tellsPageSize()) {
        event.withIoba((call.number + done) << call.pageShift);
      }
    }
  }
}
