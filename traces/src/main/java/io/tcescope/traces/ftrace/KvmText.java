package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import java.util.Map;

/** Payloads of {@code kvm_hv:kvm_hcall_*}. */
final class KvmText {
  private static final long NO_NUMBER = Long.MIN_VALUE;

  private static final Map<String, Long> OPCODES =
      Map.of(
          "H_GET_TCE", (long) Opcodes.H_GET_TCE,
          "H_PUT_TCE", (long) Opcodes.H_PUT_TCE,
          "H_STUFF_TCE", (long) Opcodes.H_STUFF_TCE,
          "H_PUT_TCE_INDIRECT", (long) Opcodes.H_PUT_TCE_INDIRECT,
          "H_RTAS", 0xF000L);

  private static final Argument[] REGISTERS = {
    Argument.GPR4, Argument.GPR5, Argument.GPR6, Argument.GPR7
  };

  private final LineText text;
  private final Interned<Long> opcodes =
      new Interned<>(name -> OPCODES.getOrDefault(name, NO_NUMBER));
  private final Interned<Long> statuses =
      new Interned<>(name -> HcallStatus.value(name).orElse(NO_NUMBER));

  KvmText(LineText text) {
    this.text = text;
  }

  /** {@code VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x10000,0x1234003,0x0}. */
  void enter(GuestRecord record) {
    vcpu(record);
    numberOrName(Argument.OPCODE, opcodes, record);
    text.skipTo('=');
    for (Argument register : REGISTERS) {
      text.pass();
      record.set(register, text.number());
    }
  }

  /** {@code VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS}. */
  void exit(GuestRecord record) {
    vcpu(record);
    text.skipTo('=');
    text.pass();
    numberOrName(Argument.RESULT, statuses, record);
  }

  private void vcpu(GuestRecord record) {
    text.skipTo(' ');
    text.skipBlanks();
    record.set(Argument.VCPU, text.number());
  }

  /** What stands behind the next equals sign. */
  private void numberOrName(Argument argument, Interned<Long> names, GuestRecord record) {
    text.skipTo('=');
    text.pass();
    long from = text.at;
    text.skipTo(' ', '\r');
    long to = text.at;
    long value = names.get(text, from, to);
    if (value == NO_NUMBER) {
      text.at = from;
      value = text.number();
      if (text.at == from) {
        return;
      }
      text.at = to;
    }
    record.set(argument, value);
  }
}
