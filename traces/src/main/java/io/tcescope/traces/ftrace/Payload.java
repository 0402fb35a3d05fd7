package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import io.tcescope.traces.guest.Lines;
import io.tcescope.traces.guest.RecordType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a record says behind its name: {@code name=value} pairs in general, and the forms of
 * their own that the rtas, kvm and dma trace points have.
 */
final class Payload {
  private static final Map<String, Long> OPCODES =
      Map.of(
          "H_GET_TCE", 28L,
          "H_PUT_TCE", 32L,
          "H_STUFF_TCE", 312L,
          "H_PUT_TCE_INDIRECT", 316L,
          "H_RTAS", 0xF000L);

  private static final Map<String, Long> DIRECTIONS =
      Map.of("BIDIRECTIONAL", 0L, "TO_DEVICE", 1L, "FROM_DEVICE", 2L, "NONE", 3L);

  private static final Argument[] REGISTERS = {
    Argument.GPR4, Argument.GPR5, Argument.GPR6, Argument.GPR7
  };

  private static final int LONGEST_MARK = 4096;

  private final MemorySegment bytes;
  private final Interned<String> names = new Interned<>(name -> name);
  private final Interned<Long> opcodes = new Interned<>(name -> OPCODES.getOrDefault(name, -1L));
  private final Interned<Long> statuses =
      new Interned<>(name -> HcallStatus.value(name).orElse(Long.MIN_VALUE));
  private final Interned<Long> directions =
      new Interned<>(name -> DIRECTIONS.getOrDefault(name, 0L));
  private long at;
  private long end;

  Payload(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Takes the payload apart into the record, which has been begun with its type. */
  void read(TextType type, long from, long to, GuestRecord record) {
    at = from;
    end = to;
    switch (type.type().shape()) {
      case RTAS_INPUT -> rtasInput(record);
      case RTAS_OUTPUT -> rtasOutput(record);
      case RTAS_LL_ENTRY, DMA_OTHER, OTHER -> {}
      case RTAS_LL_EXIT -> parameterBlock(type, record);
      case KVM_HCALL_ENTER -> kvmEnter(record);
      case KVM_HCALL_EXIT -> kvmExit(record);
      case DMA_MAP, DMA_MAP_LIST, DMA_UNMAP -> dma(type, record);
      case MARK -> record.setSubject(Lines.text(bytes, from, to, LONGEST_MARK));
      case HCALL_ENTRY, HCALL_EXIT, PROBE_ENTRY, PROBE_RETURN -> pairs(type, record, false);
    }
  }

  // name=value pairs

  private void pairs(TextType type, GuestRecord record, boolean bareHex) {
    if (here() == '(') {
      skipTo(')');
      at++;
    }
    for (int place = 0; at < end; place++) {
      skipBlanks();
      long nameFrom = at;
      skipTo('=', ' ');
      if (here() != '=') {
        continue;
      }
      Argument argument = type.argument(place, bytes, nameFrom, at);
      at++;
      value(argument, record, bareHex);
    }
  }

  private void value(@Nullable Argument argument, GuestRecord record, boolean bareHex) {
    long from = at;
    if (argument == null) {
      skipValue();
      return;
    }
    if (argument == Argument.DIRECTION && isLetter(here())) {
      skipTo(' ');
      record.set(argument, directions.get(bytes, from, at));
      return;
    }
    if (here() == '{') {
      at++;
    }
    boolean hex = bareHex && argument != Argument.SIZE;
    long number = hex ? hexadecimal() : number();
    boolean isNumber = at > from && !isLetter(here());
    skipValue();
    if (isNumber) {
      record.set(argument, number);
    }
  }

  /** Goes behind a value: a number or word, a list in braces, a string in quotes. */
  private void skipValue() {
    if (here() == '"') {
      at++;
      skipTo('"');
    }
    skipTo(' ');
  }

  // rtas

  private void rtasInput(GuestRecord record) {
    subject(record);
    skipTo(':');
    at++;
    words(record);
  }

  private void rtasOutput(GuestRecord record) {
    subject(record);
    skipTo(':');
    at++;
    skipBlanks();
    long from = at;
    long status = number();
    if (at > from) {
      record.set(Argument.RESULT, status);
    }
    skipTo(':');
    at++;
    words(record);
  }

  private void subject(GuestRecord record) {
    long from = at;
    skipTo(' ');
    record.setSubject(names.get(bytes, from, at));
  }

  /** Words in braces and hex, or bare and decimal. */
  private void words(GuestRecord record) {
    while (at < end) {
      byte b = here();
      if (isDigit(b) || b == '-') {
        record.addWord(Integer.toUnsignedLong((int) number()));
      } else {
        at++;
      }
    }
  }

  private void parameterBlock(TextType type, GuestRecord record) {
    long parameters = find(':');
    long all = end;
    end = parameters;
    pairs(type, record, false);
    end = all;
    at = parameters;
    long wanted = record.get(Argument.INPUTS) + record.get(Argument.OUTPUTS);
    for (long i = 0; i < wanted && at < end; i++) {
      skipTo('=');
      at++;
      record.addWord(number());
    }
  }

  // kvm

  private void kvmEnter(GuestRecord record) {
    vcpu(record);
    skipTo('=');
    long from = ++at;
    skipTo(' ');
    long opcode = opcode(from);
    if (opcode >= 0) {
      record.set(Argument.OPCODE, opcode);
    }
    skipTo('=');
    for (Argument register : REGISTERS) {
      at++;
      record.set(register, number());
    }
  }

  private long opcode(long from) {
    if (!isDigit(byteAt(from))) {
      return opcodes.get(bytes, from, at);
    }
    long to = at;
    at = from;
    long opcode = number();
    at = to;
    return opcode;
  }

  private void kvmExit(GuestRecord record) {
    vcpu(record);
    skipTo('=');
    at++;
    skipTo('=');
    long from = ++at;
    skipTo(' ', '\r');
    long status = statuses.get(bytes, from, at);
    if (status == Long.MIN_VALUE) {
      at = from;
      status = number();
    }
    if (at > from) {
      record.set(Argument.RESULT, status);
    }
  }

  private void vcpu(GuestRecord record) {
    skipTo(' ');
    skipBlanks();
    record.set(Argument.VCPU, number());
  }

  // dma

  /** Bus addresses without 0x outside lists; of a list the first segment stands for all. */
  private void dma(TextType type, GuestRecord record) {
    subject(record);
    long device = at;
    pairs(type, record, true);
    if (type.type().shape() == RecordType.Shape.DMA_MAP_LIST) {
      at = device;
      lists(record);
    }
  }

  private void lists(GuestRecord record) {
    long total = 0;
    while (at < end) {
      skipBlanks();
      long from = at;
      skipTo('=', ' ');
      if (here() == '=' && byteAt(at + 1) == '{') {
        byte first = byteAt(from);
        at += 2;
        long number = number();
        if (first == 'd') {
          record.set(Argument.DMA_ADDRESS, number);
        } else if (first == 'p') {
          record.set(Argument.PHYSICAL_ADDRESS, number);
        } else {
          total = number;
          while (here() == ',') {
            at++;
            total += number();
          }
          record.set(Argument.SIZE, total);
        }
      }
      skipTo(' ');
    }
  }

  // Bytes

  private byte here() {
    return byteAt(at);
  }

  private byte byteAt(long place) {
    return place < end ? bytes.get(ValueLayout.JAVA_BYTE, place) : (byte) ' ';
  }

  private void skipBlanks() {
    while (at < end && here() == ' ') {
      at++;
    }
  }

  private void skipTo(char stop) {
    while (at < end && here() != stop) {
      at++;
    }
  }

  private void skipTo(char stop, char other) {
    while (at < end && here() != stop && here() != other) {
      at++;
    }
  }

  private long find(char wanted) {
    long place = at;
    while (place < end && byteAt(place) != wanted) {
      place++;
    }
    return place;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  /** A number as C prints it: signed decimal, or hex with 0x; stays in place if there is none. */
  private long number() {
    if (here() == '0' && byteAt(at + 1) == 'x') {
      at += 2;
      return hexadecimal();
    }
    boolean negative = here() == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    while (isDigit(here())) {
      value = 10 * value + (here() - '0');
      at++;
    }
    return negative ? -value : value;
  }

  private long hexadecimal() {
    long value = 0;
    while (true) {
      int digit = hexDigit(here());
      if (digit < 0) {
        return value;
      }
      value = value << 4 | digit;
      at++;
    }
  }

  private static int hexDigit(byte b) {
    if (isDigit(b)) {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
