package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import org.jspecify.annotations.Nullable;

/** Records of probes on the guest kernel's own functions: what it allocates, maps and clears. */
final class ProbeRecords {
  /**
   * {@code DMA_MAPPING_ERROR}, and what {@code iommu_range_alloc} returns when it finds no room.
   */
  private static final long FAILED = -1;

  private final GuestTables tables;
  private final RtasRecords rtas;
  private boolean seesRangeAlloc;

  ProbeRecords(GuestTables tables, RtasRecords rtas, boolean seesRangeAlloc) {
    this.tables = tables;
    this.rtas = rtas;
    this.seesRangeAlloc = seesRangeAlloc;
  }

  GuestTables tables() {
    return tables;
  }

  /** True if the innermost function of the allocator is probed, so that outer ones say nothing. */
  boolean seesRangeAlloc() {
    return seesRangeAlloc;
  }

  /** A function was entered. */
  void enter(GuestRecord record, OpenCalls calls, Event event) {
    CallJoiner.sign(record, event);
    switch (record.type().function()) {
      case BUILD_MULTI -> mapping(record, calls, event);
      case FREE_MULTI -> freeing(record, calls, event);
      case SET_RANGE, CLEAR_RANGE -> TableCalls.sign(event, entered(record, calls));
      case BUILD, FREE -> single(record, calls, event);
      case RANGE_ALLOC -> {
        seesRangeAlloc = true;
        TableCalls.sign(event, entered(record, calls));
      }
      case IOMMU_ALLOC -> TableCalls.sign(event, entered(record, calls));
      case IOMMU_FREE -> freed(record, event);
      case INIT_TABLE -> tableMade(record, calls, event);
      case RTAS_CALL -> RtasRecords.entered(record, calls);
      case ALLOC_COHERENT, FREE_COHERENT, MAP_SG, OTHER -> {}
    }
  }

  private OpenCall entered(GuestRecord record, OpenCalls calls) {
    OpenCall above = calls.top();
    if (above != null
        && (above.function == GuestFunction.SET_RANGE
            || above.function == GuestFunction.CLEAR_RANGE)) {
      // How many calls a range makes is not known, so it ends where something else begins.
      calls.popTop();
    }
    OpenCall call = calls.push();
    call.enter(record, tables);
    return call;
  }

  /** The allocator has handed out a range, which is now entered into the table. */
  private void mapping(GuestRecord record, OpenCalls calls, Event event) {
    event.is(EventKind.ALLOC, record.type().name(), 0);
    TableCalls.sign(event, entered(record, calls));
  }

  /** The allocator is given a bus address back; the range is cleared next. */
  private static void freed(GuestRecord record, Event event) {
    event.withGuestTable(record.get(Argument.TABLE)).withPages(record.get(Argument.PAGES));
    event.withIoba(record.get(Argument.DMA_ADDRESS));
  }

  /** A range is cleared: the allocator takes it back, or a new table is swept. */
  private void freeing(GuestRecord record, OpenCalls calls, Event event) {
    OpenCall call = entered(record, calls);
    if (calls.initialising != call.table || call.table == 0) {
      event.is(EventKind.FREE, record.type().name(), 0);
    }
    calls.initialising = 0;
    TableCalls.sign(event, call);
  }

  /** The one-page forms also run inside the list forms, which then tell the call. */
  private void single(GuestRecord record, OpenCalls calls, Event event) {
    OpenCall outer = calls.top();
    if (outer == null || !outer.function.makes(EventKind.H_PUT_TCE) || outer.isSingle()) {
      TableCalls.sign(event, entered(record, calls));
    }
  }

  private void tableMade(GuestRecord record, OpenCalls calls, Event event) {
    long address = record.get(Argument.TABLE);
    event.withGuestTable(address);
    calls.initialising = address;
    if (record.has(Argument.TABLE_LIOBN)) {
      long liobn = record.get(Argument.TABLE_LIOBN);
      int asked = calls.askedShift > 0 ? calls.askedShift : GuestTables.UNKNOWN_SHIFT;
      boolean tellsShift = record.has(Argument.TABLE_SHIFT);
      int shift = tellsShift ? (int) record.get(Argument.TABLE_SHIFT) : asked;
      tables.initialised(address, liobn, shift);
      event.withLiobn(liobn);
      if (calls.askedShift > 0 && shift == calls.askedShift && calls.askedBuid != 0) {
        windowMade(record, calls, event);
      }
    }
    calls.askedShift = 0;
  }

  /** The table is that of the window which its thread has just asked for. */
  private static void windowMade(GuestRecord record, OpenCalls calls, Event event) {
    event.withBuid(calls.askedBuid);
    if (record.has(Argument.TABLE_OFFSET) && record.has(Argument.TABLE_SIZE)) {
      event
          .withPageShift(calls.askedShift)
          .withStart(record.get(Argument.TABLE_OFFSET) << calls.askedShift)
          .withPages(record.get(Argument.TABLE_SIZE));
    }
  }

  /** A function returned. */
  void leave(GuestRecord record, OpenCalls calls, Event event) {
    CallJoiner.sign(record, event);
    GuestFunction function = record.type().function();
    OpenCall call = calls.pop(function);
    if (function == GuestFunction.RTAS_CALL && call != null) {
      rtas.returned(record, call, calls, event);
    } else if (function == GuestFunction.RANGE_ALLOC) {
      allocated(result(record, Argument.ENTRY), call, event);
    } else if (function == GuestFunction.IOMMU_ALLOC && !seesRangeAlloc) {
      allocated(result(record, Argument.DMA_ADDRESS), call, event);
    }
  }

  /** What a function returned, under its own name or a general one. */
  private static long result(GuestRecord record, Argument own) {
    return record.has(own) ? record.get(own) : record.get(Argument.RESULT);
  }

  /**
   * A range that was found shows in the call that enters it into the table; a failure only here.
   */
  private static void allocated(long found, @Nullable OpenCall call, Event event) {
    if (found == FAILED) {
      event.is(EventKind.ALLOC_FAILED, event.name(), 0);
    }
    if (call != null) {
      TableCalls.sign(event, call);
    }
  }
}
