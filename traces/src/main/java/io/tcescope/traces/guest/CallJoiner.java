package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of a kernel tracer's records. A hypervisor call is in several of them: the probe of
 * the kernel function has the arguments, the trace point at its end the status. The event of the
 * call is the last one, as the state changes there; the others are signs.
 */
public final class CallJoiner {
  private static final long H_PUT_TCE = 32;
  private static final long H_STUFF_TCE = 312;
  private static final long H_PUT_TCE_INDIRECT = 316;

  /**
   * {@code DMA_MAPPING_ERROR}, and what {@code iommu_range_alloc} returns when it finds no room.
   */
  private static final long FAILED = -1;

  private static final Argument[] RTAS_ARGUMENTS = {
    Argument.A0, Argument.A1, Argument.A2, Argument.A3, Argument.A4
  };

  private final ThreadCalls threads;
  private final GuestTables tables;
  private final RtasCalls rtas;
  private final KvmCalls kvm;
  private boolean seesRangeAlloc;

  public CallJoiner() {
    threads = new ThreadCalls();
    tables = new GuestTables();
    rtas = new RtasCalls();
    kvm = new KvmCalls();
  }

  private CallJoiner(CallJoiner other) {
    threads = other.threads.copy();
    tables = other.tables.copy();
    rtas = other.rtas.copy();
    kvm = other.kvm.copy();
    seesRangeAlloc = other.seesRangeAlloc;
  }

  /** The same knowledge, independent from now on. */
  public CallJoiner copy() {
    return new CallJoiner(this);
  }

  /** Records were lost: what is entered may have been left since. */
  public void forgetOpenCalls() {
    threads.clear();
    kvm.clear();
  }

  /** Says in {@code event} what the record is; its place, time and task are set already. */
  public void join(GuestRecord record, Event event) {
    OpenCalls calls = threads.of(record.thread(), record.cpu());
    switch (record.type().shape()) {
      case HCALL_ENTRY -> sign(record, event).withId(record.get(Argument.OPCODE));
      case HCALL_EXIT -> hcall(record, calls, event);
      case RTAS_INPUT -> rtasInput(record, calls, event);
      case RTAS_OUTPUT -> rtasOutput(record, calls, event);
      case RTAS_LL_ENTRY -> sign(record, event);
      case RTAS_LL_EXIT -> rtasBlock(record, calls, event);
      case KVM_HCALL_ENTER -> kvm.enter(record, sign(record, event));
      case KVM_HCALL_EXIT -> kvm.exit(record, event);
      case DMA_MAP, DMA_MAP_LIST -> DmaRecords.map(record, event);
      case DMA_UNMAP -> DmaRecords.unmap(record, event);
      case PROBE_ENTRY -> enter(record, calls, event);
      case PROBE_RETURN -> leave(record, calls, event);
      case MARK -> event.is(EventKind.LOG, record.type().name(), 0).withText(record.subject());
      case DMA_OTHER, OTHER -> sign(record, event);
    }
  }

  /** A record that is no call of its own. */
  private static Event sign(GuestRecord record, Event event) {
    return event.is(EventKind.PROBE, record.type().name(), 0);
  }

  // Hypervisor calls

  private void hcall(GuestRecord record, OpenCalls calls, Event event) {
    if (!record.has(Argument.OPCODE) || !record.has(Argument.RESULT)) {
      sign(record, event);
      return;
    }
    long opcode = record.get(Argument.OPCODE);
    long status = record.get(Argument.RESULT);
    event.is(EventKind.HCALL, record.type().name(), 0).withId(opcode).withStatus(status);
    OpenCall call = calls.top();
    if (call == null || !makes(call.function, opcode)) {
      return;
    }
    TableCalls.fill(event, call, kind(opcode));
    call.done += opcode == H_PUT_TCE ? 1 : Math.max(0, call.nextChunk());
    // The kernel stops at the first call that fails.
    if (status != HcallStatus.H_SUCCESS || call.isFinished()) {
      call.told = true;
      calls.popTop();
    }
  }

  private static EventKind kind(long opcode) {
    if (opcode == H_PUT_TCE) {
      return EventKind.H_PUT_TCE;
    }
    return opcode == H_STUFF_TCE ? EventKind.H_STUFF_TCE : EventKind.H_PUT_TCE_INDIRECT;
  }

  /** True if that function makes that hypervisor call. */
  private static boolean makes(GuestFunction function, long opcode) {
    return switch (function) {
      case BUILD_MULTI, SET_RANGE -> opcode == H_PUT_TCE_INDIRECT || opcode == H_PUT_TCE;
      case FREE_MULTI, CLEAR_RANGE -> opcode == H_STUFF_TCE;
      case BUILD, FREE -> opcode == H_PUT_TCE;
      default -> false;
    };
  }

  // RTAS

  private static void rtasInput(GuestRecord record, OpenCalls calls, Event event) {
    sign(record, event);
    OpenCall outer = calls.top();
    if (outer != null && outer.function == GuestFunction.RTAS_CALL) {
      outer.told = true;
    }
    OpenCall call = calls.push();
    call.enterRtas(record.subject(), 0, record.wordCount());
    for (int i = 0; i < record.wordCount(); i++) {
      call.addWord(record.word(i));
    }
  }

  private void rtasOutput(GuestRecord record, OpenCalls calls, Event event) {
    if (!record.has(Argument.RESULT)) {
      sign(record, event);
      return;
    }
    OpenCall call = calls.pop(GuestFunction.RTAS_CALL);
    if (call == null || call.rtas == null) {
      call = calls.push();
      call.enterRtas(record.subject(), 0, 0);
      calls.popTop();
    }
    rtas.fill(
        event, record.subject(), call, record.get(Argument.RESULT), new RecordWords(record, 0));
    opened(event, calls);
  }

  /** The raw parameter block; it tells the call only where no record names it. */
  private void rtasBlock(GuestRecord record, OpenCalls calls, Event event) {
    if (record.wordCount() <= record.get(Argument.INPUTS)) {
      sign(record, event);
      return;
    }
    OpenCall named = calls.find(GuestFunction.RTAS_CALL);
    long token = record.get(Argument.TOKEN);
    if (named != null && named.rtas != null) {
      rtas.learn(token, named.rtas);
      sign(record, event);
      return;
    }
    if (named != null) {
      named.told = true;
    }
    int inputs = Math.clamp(record.get(Argument.INPUTS), 0, record.wordCount());
    OpenCall call = calls.push();
    call.enterRtas(null, token, inputs);
    for (int i = 0; i < inputs; i++) {
      call.addWord(record.word(i));
    }
    calls.popTop();
    long status = (int) record.word(inputs);
    rtas.fill(event, rtas.name(token), call, status, new RecordWords(record, inputs + 1));
    opened(event, calls);
  }

  /** Outputs in a record's words, from {@code from} on. */
  private record RecordWords(GuestRecord record, int from) implements RtasCalls.Words {
    @Override
    public int count() {
      long outputs = record.get(Argument.OUTPUTS);
      int there = record.wordCount() - from;
      return record.has(Argument.OUTPUTS) ? (int) Math.min(there, outputs - 1) : there;
    }

    @Override
    public long word(int index) {
      return record.word(from + index);
    }
  }

  private void opened(Event event, OpenCalls calls) {
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW && event.succeeded()) {
      calls.askedShift = event.has(Event.PAGE_SHIFT) ? event.pageShift() : 0;
      if (event.has(Event.LIOBN) && calls.askedShift > 0) {
        tables.created(event.liobn(), calls.askedShift);
      }
    }
  }

  // Probes

  private void enter(GuestRecord record, OpenCalls calls, Event event) {
    sign(record, event);
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
      case RTAS_CALL -> rtasCall(record, calls);
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
    if (outer == null || !makes(outer.function, H_PUT_TCE)) {
      TableCalls.sign(event, entered(record, calls));
    }
  }

  private void tableMade(GuestRecord record, OpenCalls calls, Event event) {
    long address = record.get(Argument.TABLE);
    event.withGuestTable(address);
    calls.initialising = address;
    if (record.has(Argument.TABLE_LIOBN)) {
      long liobn = record.get(Argument.TABLE_LIOBN);
      int shift =
          record.has(Argument.TABLE_SHIFT)
              ? (int) record.get(Argument.TABLE_SHIFT)
              : calls.askedShift > 0 ? calls.askedShift : GuestTables.UNKNOWN_SHIFT;
      tables.initialised(address, liobn, shift);
      event.withLiobn(liobn);
    }
    calls.askedShift = 0;
  }

  private static void rtasCall(GuestRecord record, OpenCalls calls) {
    OpenCall call = calls.push();
    int inputs = Math.clamp(record.get(Argument.INPUTS), 0, 5);
    call.enterRtas(null, record.get(Argument.TOKEN), inputs);
    for (int i = 0; i < inputs; i++) {
      Argument argument = RTAS_ARGUMENTS[i];
      if (!record.has(argument)) {
        return;
      }
      call.addWord(Integer.toUnsignedLong((int) record.get(argument)));
    }
  }

  private void leave(GuestRecord record, OpenCalls calls, Event event) {
    sign(record, event);
    long result = record.get(Argument.RESULT);
    GuestFunction function = record.type().function();
    OpenCall call = calls.pop(function);
    switch (function) {
      case RTAS_CALL -> {
        if (call != null && !call.told && record.has(Argument.RESULT)) {
          rtas.fill(event, rtas.name(call.token), call, result, NO_OUTPUTS);
          opened(event, calls);
        }
      }
      case RANGE_ALLOC -> allocated(result(record, Argument.ENTRY), call, event);
      case IOMMU_ALLOC -> {
        if (!seesRangeAlloc) {
          allocated(result(record, Argument.DMA_ADDRESS), call, event);
        }
      }
      default -> {}
    }
  }

  /** What a function returned, under its own name or a general one. */
  private static long result(GuestRecord record, Argument own) {
    return record.has(own) ? record.get(own) : record.get(Argument.RESULT);
  }

  private static final RtasCalls.Words NO_OUTPUTS =
      new RtasCalls.Words() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public long word(int index) {
          return 0;
        }
      };

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
