package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;
import java.util.HashMap;
import java.util.Map;

/**
 * Hypervisor calls as the host's KVM sees them: the entry has the registers, the exit the status. A
 * vCPU is one host thread and makes one call at a time.
 */
final class KvmCalls {
  private record Registers(long opcode, long r4, long r5, long r6, long r7) {}

  private static final int VCPU_BITS = 16;

  private final Map<Long, Registers> entered;
  private final Vcpus vcpus;

  KvmCalls() {
    this(Map.of(), new Vcpus());
  }

  private KvmCalls(Map<Long, Registers> entered, Vcpus vcpus) {
    this.entered = new HashMap<>(entered);
    this.vcpus = vcpus;
  }

  KvmCalls copy() {
    return new KvmCalls(entered, vcpus.copy());
  }

  String proofOfSeveralMachines() {
    return vcpus.proofOfSeveral();
  }

  void clear() {
    entered.clear();
  }

  /** What the virtual processors of that host thread have entered is not known any more. */
  void forget(long thread) {
    entered.keySet().removeIf(vcpu -> vcpu >> VCPU_BITS == thread);
  }

  void enter(GuestRecord record, HostedMachines machines, Event event) {
    vcpus.runs(record.get(Argument.VCPU), record.thread());
    long opcode = record.get(Argument.OPCODE);
    event.withId(opcode);
    if (Opcodes.kind(opcode) != null && !machines.areSeveral()) {
      event.withLiobn(record.get(Argument.GPR4)).withIoba(record.get(Argument.GPR5));
      event.withPages(pages(opcode, record.get(Argument.GPR7)));
    }
    entered.put(
        vcpu(record),
        new Registers(
            opcode,
            record.get(Argument.GPR4),
            record.get(Argument.GPR5),
            record.get(Argument.GPR6),
            record.get(Argument.GPR7)));
  }

  private static long pages(long opcode, long count) {
    return opcode == Opcodes.H_STUFF_TCE || opcode == Opcodes.H_PUT_TCE_INDIRECT ? count : 1;
  }

  void exit(GuestRecord record, HostedMachines machines, Event event) {
    vcpus.runs(record.get(Argument.VCPU), record.thread());
    String name = record.type().name();
    long status = record.get(Argument.RESULT);
    Registers registers = entered.remove(vcpu(record));
    // Without its entry the call's subject is lost.
    event.is(EventKind.HCALL, name, 0).withStatus(status);
    if (registers == null) {
      return;
    }
    event.withId(registers.opcode);
    if (machines.areSeveral()) {
      return;
    }
    call(registers, status, name, event);
    if (status == HcallStatus.H_TOO_HARD) {
      // The guest never sees this: QEMU does the whole call again and decides its status.
      event.holding(Event.WITNESS);
    }
  }

  private static void call(Registers call, long status, String name, Event event) {
    EventKind kind = Opcodes.kind(call.opcode);
    switch (kind) {
      case H_PUT_TCE -> event.put(name, call.r4, call.r5, call.r6, status);
      case H_STUFF_TCE -> event.stuff(name, call.r4, call.r5, call.r6, call.r7, status);
      case H_PUT_TCE_INDIRECT -> {
        event.is(EventKind.H_PUT_TCE_INDIRECT, name, 0);
        event.withLiobn(call.r4).withIoba(call.r5).withListAddress(call.r6).withPages(call.r7);
        event.withStatus(status);
      }
      case H_GET_TCE -> {
        event.is(EventKind.H_GET_TCE, name, 0);
        event.withLiobn(call.r4).withIoba(call.r5).withStatus(status);
      }
      case null, default -> queueCall(call, status, name, event);
    }
  }

  /** Calls on a virtual device's queue or on the partner's table. */
  private static void queueCall(Registers call, long status, String name, Event event) {
    if (call.opcode == Opcodes.H_REG_CRQ) {
      event.is(EventKind.VIO_REGISTER_CRQ, name, 0).withId(call.r4).withIoba(call.r5);
      event.withSize(call.r6).withStatus(status);
    } else if (call.opcode == Opcodes.H_FREE_CRQ) {
      event.is(EventKind.VIO_FREE_CRQ, name, 0).withId(call.r4).withStatus(status);
    } else if (call.opcode == Opcodes.H_PUT_RTCE || call.opcode == Opcodes.H_REMOVE_RTCE) {
      boolean copies = call.opcode == Opcodes.H_PUT_RTCE;
      event.is(copies ? EventKind.H_PUT_RTCE : EventKind.H_REMOVE_RTCE, name, 0);
      event.withLiobn(call.r4).withIoba(call.r5).withStatus(status);
    }
  }

  private static long vcpu(GuestRecord record) {
    return record.thread() << VCPU_BITS ^ record.get(Argument.VCPU);
  }
}
