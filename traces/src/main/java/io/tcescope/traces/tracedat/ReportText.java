package io.tcescope.traces.tracedat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.traces.text.Seconds;

/**
 * A record in words: task, processor and time as {@code trace-cmd report} has them, then the fields
 * in the order of the format, signed and small numbers in decimal, others in hexadecimal.
 */
final class ReportText {
  private final StringBuilder text = new StringBuilder();
  private final MemoryWords raw;
  private final long from;
  private final long to;

  ReportText(MemoryWords raw, Event event) {
    this.raw = raw;
    this.from = event.offset();
    this.to = from + event.length();
    String task = event.task();
    text.append(task == null ? "<...>" : task).append('-').append(event.thread());
    text.append(" [%03d] ".formatted(event.cpu()));
    Seconds.write(event.time(), text);
    text.append(": ");
  }

  String write(EventFormat format) {
    text.append(format.name()).append(':');
    for (EventFormat.Field field : format.fields()) {
      if (!field.name().startsWith("common_")) {
        text.append(' ').append(field.name()).append('=');
        value(field);
      }
    }
    return text.toString();
  }

  /** Of a type that the file has no format for. */
  String write(int type) {
    text.append("record of unknown type ").append(type).append(':');
    for (long at = Math.min(from + DatTrace.COMMON, to); at < to; at++) {
      text.append(" %02x".formatted(raw.u8(at)));
    }
    return text.toString();
  }

  private void value(EventFormat.Field field) {
    long begin = field.begin(raw, from, to);
    long end = Math.max(begin, field.end(raw, from, to));
    boolean several = field.array() || field.located();
    if (several && field.elementSize() == 1) {
      text.append(raw.text(begin, raw.endOfString(begin, end)).strip());
    } else if (several) {
      array(begin, end, field);
    } else if (end - begin == field.size()) {
      number(begin, field.size(), field.signed());
    }
  }

  private void array(long begin, long end, EventFormat.Field field) {
    int size = field.elementSize();
    String comma = "";
    text.append('{');
    for (long at = begin; at + size <= end; at += size) {
      text.append(comma);
      number(at, size, false);
      comma = ",";
    }
    text.append('}');
  }

  private void number(long at, int size, boolean signed) {
    long number = raw.number(at, size, signed);
    if (signed || (number >= 0 && number < 10)) {
      text.append(number);
    } else {
      text.append(Hex.of(number));
    }
  }
}
