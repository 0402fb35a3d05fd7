package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * Hypervisor calls as the host's KVM sees them: the entry has the registers, the exit the status. A
 * vCPU is one host thread and makes one call at a time.
 */
final class KvmCalls {
  private static final long H_GET_TCE = 28;
  private static final long H_PUT_TCE = 32;
  private static final long H_STUFF_TCE = 312;
  private static final long H_PUT_TCE_INDIRECT = 316;

  private record Registers(long opcode, long r4, long r5, long r6, long r7) {}

  private final Map<Long, Registers> entered;

  KvmCalls() {
    entered = new HashMap<>();
  }

  private KvmCalls(Map<Long, Registers> entered) {
    this.entered = new HashMap<>(entered);
  }

  KvmCalls copy() {
    return new KvmCalls(entered);
  }

  void clear() {
    entered.clear();
  }

  void enter(GuestRecord record, Event event) {
    long opcode = record.get(Argument.OPCODE);
    event.withId(opcode);
    entered.put(
        vcpu(record),
        new Registers(
            opcode,
            record.get(Argument.GPR4),
            record.get(Argument.GPR5),
            record.get(Argument.GPR6),
            record.get(Argument.GPR7)));
  }

  void exit(GuestRecord record, Event event) {
    String name = record.type().name();
    if (!record.has(Argument.RESULT)) {
      event.is(EventKind.PROBE, name, 0);
      return;
    }
    long status = record.get(Argument.RESULT);
    Registers registers = entered.remove(vcpu(record));
    // Without its entry the call's subject is lost.
    event.is(EventKind.HCALL, name, 0).withStatus(status);
    if (registers == null) {
      return;
    }
    event.withId(registers.opcode);
    call(registers, status, name, event);
    if (status == HcallStatus.H_TOO_HARD) {
      // The guest never sees this: QEMU does the whole call again and decides its status.
      event.holding(Event.WITNESS);
    }
  }

  private static void call(Registers call, long status, String name, Event event) {
    if (call.opcode == H_PUT_TCE) {
      event.put(name, call.r4, call.r5, call.r6, status);
    } else if (call.opcode == H_STUFF_TCE) {
      event.stuff(name, call.r4, call.r5, call.r6, call.r7, status);
    } else if (call.opcode == H_PUT_TCE_INDIRECT) {
      event.is(EventKind.H_PUT_TCE_INDIRECT, name, 0);
      event.withLiobn(call.r4).withIoba(call.r5).withListAddress(call.r6).withPages(call.r7);
      event.withStatus(status);
    } else if (call.opcode == H_GET_TCE) {
      event
          .is(EventKind.H_GET_TCE, name, 0)
          .withLiobn(call.r4)
          .withIoba(call.r5)
          .withStatus(status);
    }
  }

  private static long vcpu(GuestRecord record) {
    return record.thread() << 16 ^ record.get(Argument.VCPU);
  }
}
