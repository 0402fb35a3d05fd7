package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A call on a table as a guest's tracer shows it: opcode, status, and by which table the kernel
 * made it, if a probe tells.
 */
record BareCall(EventKind kind, boolean failed, long table) {
  /**
   * Null if the record is no such call. A clear that no probe of the allocator announces is none:
   * Linux clears windows by itself, and of the default one no entry, which fails.
   */
  static @Nullable BareCall of(Event event) {
    if (event.kind() != EventKind.HCALL || !event.has(Event.ID | Event.STATUS)) {
      return null;
    }
    EventKind kind = Opcodes.kind(event.id());
    boolean unannounced = kind == EventKind.H_STUFF_TCE && !event.has(Event.GUEST_TABLE);
    if (kind == null || kind == EventKind.H_GET_TCE || unannounced) {
      return null;
    }
    boolean failed = !event.succeeded() && event.status() != HcallStatus.H_TOO_HARD;
    return new BareCall(kind, failed, tableOf(event));
  }

  /**
   * What tells calls of one table from those of another: its LIOBN, else the address of its
   * structure in the guest, which no LIOBN is as large as; 0 if the record tells neither.
   */
  static long tableOf(Event event) {
    if (event.has(Event.LIOBN)) {
      return event.liobn();
    }
    return event.has(Event.GUEST_TABLE) ? event.guestTable() : 0;
  }

  @Override
  public String toString() {
    String where = table >>> Integer.SIZE == 0 ? " on " : " on the guest's table at ";
    return table == 0 ? kind.call() : kind.call() + where + Hex.of(table);
  }
}
