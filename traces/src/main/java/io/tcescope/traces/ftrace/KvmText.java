package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import java.nio.charset.StandardCharsets;

/** Payloads of {@code kvm_hv:kvm_hcall_*}. */
final class KvmText {
  private static final long NO_NUMBER = Long.MIN_VALUE;

  private static final byte[] VCPU = bytes("VCPU ");
  private static final byte[] CALL = bytes(": hcall=");
  private static final byte[] FIRST_REGISTER = bytes(" GPR4-7=");
  private static final byte[] NEXT_REGISTER = bytes(",");
  private static final byte[] RETURN = bytes(": ret=RESUME_");
  private static final byte[] STATUS = bytes(" hcall_rc=");

  private final LineText text;
  private final Interned<Long> opcodes =
      new Interned<>(name -> Opcodes.number(name).orElse(NO_NUMBER));
  private final Interned<Long> statuses =
      new Interned<>(name -> HcallStatus.value(name).orElse(NO_NUMBER));

  KvmText(LineText text) {
    this.text = text;
  }

  private static byte[] bytes(String literal) {
    return literal.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * {@code VCPU 0: hcall=H_PUT_TCE GPR4-7=0x80000000,0x10000,0x1234003,0x0}.
   *
   * @return false if it is not all there
   */
  boolean enter(GuestRecord record) {
    return vcpu(record)
        && numberOrName(CALL, Argument.OPCODE, opcodes, record)
        && register(FIRST_REGISTER, Argument.GPR4, record)
        && register(NEXT_REGISTER, Argument.GPR5, record)
        && register(NEXT_REGISTER, Argument.GPR6, record)
        && register(NEXT_REGISTER, Argument.GPR7, record)
        && text.isDone();
  }

  /**
   * {@code VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS}.
   *
   * @return false if it is not all there
   */
  boolean exit(GuestRecord record) {
    if (!vcpu(record) || !text.pass(RETURN)) {
      return false;
    }
    text.skipTo(' ');
    return numberOrName(STATUS, Argument.RESULT, statuses, record) && text.isDone();
  }

  private boolean vcpu(GuestRecord record) {
    if (!text.pass(VCPU) || !LineText.isDigit(text.here())) {
      return false;
    }
    record.set(Argument.VCPU, text.decimal());
    return true;
  }

  private boolean register(byte[] before, Argument register, GuestRecord record) {
    if (!text.pass(before)) {
      return false;
    }
    record.set(register, text.number());
    return text.isNumber;
  }

  /**
   * What stands behind a literal: a name that Linux prints, or a number that it has no name for.
   */
  private boolean numberOrName(
      byte[] before, Argument argument, Interned<Long> names, GuestRecord record) {
    if (!text.pass(before)) {
      return false;
    }
    if (!LineText.isLetter(text.here())) {
      record.set(argument, text.number());
      return text.isNumber;
    }
    long from = text.at;
    text.skipTo(' ', '\r');
    long value = names.get(text, from, text.at);
    record.set(argument, value);
    return value != NO_NUMBER;
  }
}
