package io.tcescope.traces.tracedat;

import io.tcescope.engine.event.HcallStatus;
import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import io.tcescope.traces.guest.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the records of one type apart, by the format that the file has for it. */
final class Decoder {
  /** In KVM's return code: the exit goes on to user space. */
  private static final long RESUME_FLAG_HOST = 2;

  /** Bytes that a C structure is filled up to. */
  private static final int ALIGNMENT = 8;

  private record Scalar(Argument argument, int offset, int size, boolean signed) {}

  private final EventFormat format;
  private final Symbols symbols;
  private final EventFormat.@Nullable Field place;
  private final List<Scalar> numbers = new ArrayList<>();
  private RecordType type;
  private long address;

  /** Where the last field ends, and whether records may be longer. */
  private int fixed;

  private boolean isOpen;
  private final List<EventFormat.Field> located = new ArrayList<>();
  private EventFormat.@Nullable Field subject;
  private EventFormat.@Nullable Field words;
  private EventFormat.@Nullable Field addresses;
  private EventFormat.@Nullable Field lengths;
  private EventFormat.@Nullable Field physical;
  private EventFormat.@Nullable Field resume;

  Decoder(EventFormat format, Symbols symbols) {
    this.format = format;
    this.symbols = symbols;
    place = format.place();
    type = RecordType.of(format.name(), null, format.isReturn());
    format.fields().forEach(this::plan);
  }

  private void plan(EventFormat.Field field) {
    fixed = Math.max(fixed, field.offset() + field.size());
    isOpen |= field.array() && !field.located();
    if (field.located()) {
      located.add(field);
    }
    if (field.name().startsWith("common_") || field.name().startsWith("__probe")) {
      return;
    }
    switch (field.name()) {
      case "name", "device", "buf" -> subject = field;
      case "inputs", "other_outputs", "params" -> words = field;
      case "dma_addrs" -> addresses = field;
      case "lengths" -> lengths = field;
      case "phys_addrs" -> physical = field;
      case "status" -> number(Argument.RESULT, field);
      default -> argument(field);
    }
    if (type.shape() == RecordType.Shape.KVM_HCALL_EXIT && field.name().equals("ret")) {
      resume = field;
    }
  }

  private void argument(EventFormat.Field field) {
    boolean unmaps = type.shape() == RecordType.Shape.DMA_UNMAP && field.name().equals("addr");
    Argument argument = unmaps ? Argument.DMA_ADDRESS : Argument.named(field.name());
    boolean isNumber = !field.located() && !field.array() && field.size() <= 8;
    if (argument != null && isNumber) {
      number(argument, field);
    }
  }

  private void number(Argument argument, EventFormat.Field field) {
    numbers.add(new Scalar(argument, field.offset(), field.size(), field.signed()));
  }

  /** The type of the raw record between two places: one event may have probes on many functions. */
  RecordType type(MemoryWords raw, long from, long to) {
    if (place != null && from + place.offset() + Long.BYTES <= to) {
      long there = raw.u64(from + place.offset());
      if (there != address) {
        address = there;
        type = RecordType.of(format.name(), symbols.at(there), format.isReturn());
      }
    }
    return type;
  }

  /** Fills the record with the fields of the raw one between two places. */
  void read(MemoryWords raw, long from, long to, Interned<String> names, GuestRecord record) {
    if (!isWhole(raw, from, to)) {
      record.makeUnreadable();
      return;
    }
    for (int i = 0; i < numbers.size(); i++) {
      Scalar number = numbers.get(i);
      if (from + number.offset + number.size <= to) {
        long at = from + number.offset;
        record.set(number.argument, raw.number(at, number.size, number.signed));
      }
    }
    if (subject != null) {
      subject(raw, from, to, subject, names, record);
    }
    if (words != null) {
      words(raw, from, to, words, record);
    }
    if (addresses != null) {
      segments(raw, from, to, record);
    }
    if (resume != null && from + resume.offset() + resume.size() <= to) {
      resumed(raw.number(from + resume.offset(), resume.size(), true), record);
    }
  }

  /** True if a record is as long as its fields, but for what aligns the one behind it. */
  private boolean isWhole(MemoryWords raw, long from, long to) {
    long last = from + fixed;
    for (int i = 0; i < located.size() && last <= to; i++) {
      long begin = located.get(i).placed(raw, from);
      last = begin < from + fixed ? Long.MAX_VALUE : Math.max(last, located.get(i).end(raw, from));
    }
    return last <= to && (isOpen || to - last < ALIGNMENT);
  }

  private static void resumed(long code, GuestRecord record) {
    if ((code & RESUME_FLAG_HOST) != 0) {
      record.set(Argument.RESULT, HcallStatus.H_TOO_HARD);
    }
  }

  private static void subject(
      MemoryWords raw,
      long from,
      long to,
      EventFormat.Field field,
      Interned<String> names,
      GuestRecord record) {
    long begin = field.begin(raw, from, to);
    long end = raw.endOfString(begin, Math.max(begin, field.end(raw, from, to)));
    boolean mark = record.type().shape() == RecordType.Shape.MARK;
    record.setSubject(mark ? raw.text(begin, end).strip() : names.get(raw, begin, end));
  }

  private static void words(
      MemoryWords raw, long from, long to, EventFormat.Field field, GuestRecord record) {
    long end = field.end(raw, from, to);
    for (long at = field.begin(raw, from, to); at + 4 <= end; at += 4) {
      record.addWord(raw.u32(at));
    }
  }

  private void segments(MemoryWords raw, long from, long to, GuestRecord record) {
    first(raw, from, to, addresses, Argument.DMA_ADDRESS, record);
    first(raw, from, to, physical, Argument.PHYSICAL_ADDRESS, record);
    if (lengths == null) {
      return;
    }
    long total = 0;
    long end = lengths.end(raw, from, to);
    for (long at = lengths.begin(raw, from, to); at + 4 <= end; at += 4) {
      total += raw.u32(at);
    }
    record.set(Argument.SIZE, total);
  }

  private static void first(
      MemoryWords raw,
      long from,
      long to,
      EventFormat.@Nullable Field field,
      Argument argument,
      GuestRecord record) {
    if (field == null) {
      return;
    }
    long begin = field.begin(raw, from, to);
    int size = field.elementSize();
    if (begin + size <= field.end(raw, from, to)) {
      record.set(argument, raw.number(begin, size, false));
    }
  }
}
