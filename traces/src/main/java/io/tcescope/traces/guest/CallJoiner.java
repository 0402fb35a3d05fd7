package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;

/**
 * Makes events of a kernel tracer's records. A hypervisor call is in several of them: the probe of
 * the kernel function has the arguments, the trace point at its end the status. The event of the
 * call is the last one, as the state changes there; the others are signs.
 */
public final class CallJoiner {
  private final ThreadCalls threads;
  private final RtasRecords rtas;
  private final ProbeRecords probes;
  private final KvmCalls kvm;

  public CallJoiner() {
    this(new ThreadCalls(), new GuestTables(), new RtasCalls(), new KvmCalls(), false);
  }

  private CallJoiner(
      ThreadCalls threads,
      GuestTables tables,
      RtasCalls calls,
      KvmCalls kvm,
      boolean seesRangeAlloc) {
    this.threads = threads;
    this.kvm = kvm;
    rtas = new RtasRecords(calls, tables);
    probes = new ProbeRecords(tables, rtas, seesRangeAlloc);
  }

  /** The same knowledge, independent from now on. */
  public CallJoiner copy() {
    return new CallJoiner(
        threads.copy(),
        probes.tables().copy(),
        rtas.calls().copy(),
        kvm.copy(),
        probes.seesRangeAlloc());
  }

  /** Records were lost: what is entered may have been left since. */
  public void forgetOpenCalls() {
    threads.clear();
    kvm.clear();
  }

  /** What proves that the records are those of several virtual machines, empty if nothing does. */
  public String proofOfSeveralMachines() {
    return kvm.proofOfSeveralMachines();
  }

  /** Says in {@code event} what the record is; its place, time and task are set already. */
  public void join(GuestRecord record, HostedMachines machines, Event event) {
    OpenCalls calls = threads.of(record.thread(), record.cpu());
    if (record.isUnreadable() || !record.hasAll(record.type().shape().needs())) {
      unreadable(record, calls, event);
      return;
    }
    switch (record.type().shape()) {
      case HCALL_ENTRY -> {
        calls.entered = record.get(Argument.OPCODE);
        sign(record, event).withId(calls.entered);
      }
      case HCALL_EXIT -> hcall(record, calls, event);
      case RTAS_INPUT -> rtas.input(record, calls, event);
      case RTAS_OUTPUT -> rtas.output(record, calls, event);
      case RTAS_LL_ENTRY -> sign(record, event);
      case RTAS_LL_EXIT -> rtas.block(record, calls, event);
      case KVM_HCALL_ENTER -> kvm.enter(record, machines, sign(record, event));
      case KVM_HCALL_EXIT -> kvm.exit(record, machines, event);
      case DMA_MAP, DMA_MAP_LIST -> DmaRecords.map(record, event);
      case DMA_UNMAP -> DmaRecords.unmap(record, event);
      case PROBE_ENTRY -> probes.enter(record, calls, event);
      case PROBE_RETURN -> probes.leave(record, calls, event);
      case MARK -> event.is(EventKind.LOG, record.type().name(), 0).withText(record.subject());
      case DMA_OTHER, OTHER, MISSPELT -> sign(record, event);
    }
  }

  /**
   * A record that is not whole tells no call; that it was the end of one that changes something is
   * told. It may have been the end of the call that its thread is in.
   */
  private void unreadable(GuestRecord record, OpenCalls calls, Event event) {
    record.makeUnreadable();
    switch (record.type().shape()) {
      case HCALL_EXIT -> LostCalls.hcall(record, calls, event);
      case RTAS_OUTPUT, PROBE_RETURN -> LostCalls.rtas(record, rtas.nameOf(record, calls), event);
      default -> sign(record, event);
    }
    switch (record.type().shape()) {
      case RTAS_INPUT -> RtasRecords.unreadableInput(calls);
      case HCALL_EXIT, RTAS_OUTPUT, PROBE_ENTRY, PROBE_RETURN, MISSPELT -> calls.clear();
      case KVM_HCALL_ENTER, KVM_HCALL_EXIT -> kvm.forget(record.thread());
      default -> {}
    }
  }

  /** A record that is no call of its own. */
  static Event sign(GuestRecord record, Event event) {
    return event.is(EventKind.PROBE, record.type().name(), 0);
  }

  private void hcall(GuestRecord record, OpenCalls calls, Event event) {
    long opcode = record.get(Argument.OPCODE);
    if (calls.entered != OpenCalls.NO_CALL && calls.entered != opcode) {
      unreadable(record, calls, event);
      return;
    }
    calls.entered = OpenCalls.NO_CALL;
    long status = record.get(Argument.RESULT);
    event.is(EventKind.HCALL, record.type().name(), 0).withId(opcode).withStatus(status);
    EventKind kind = Opcodes.kind(opcode);
    OpenCall call = calls.top();
    if (call == null || kind == null || !call.function.makes(kind)) {
      return;
    }
    TableCalls.fill(event, call, kind);
    call.done += kind == EventKind.H_PUT_TCE ? 1 : Math.max(0, call.nextChunk());
    // The kernel stops at the first call that fails.
    if (status != HcallStatus.H_SUCCESS || call.isFinished()) {
      call.told = true;
      calls.popTop();
    }
  }
}
