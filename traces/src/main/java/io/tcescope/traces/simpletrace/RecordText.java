package io.tcescope.traces.simpletrace;

import io.tcescope.engine.event.Hex;
import io.tcescope.traces.qemulog.QemuEvent;
import io.tcescope.traces.text.FormatString;
import io.tcescope.traces.text.Seconds;
import org.jspecify.annotations.Nullable;

/**
 * A record in words: as the line that QEMU's text log has of the same event, with its thread and
 * time, or, of an event whose format string is not known here, its name and its arguments in
 * hexadecimal.
 */
final class RecordText implements FormatString.Values {
  private static final String NOT_NAMED = "unnamed event ";
  private static final String LOST = "dropped ";

  private final Records in;
  private final long record;
  private final long end;
  private final StringBuilder text = new StringBuilder();
  private long at;

  /** Arguments ended before the format string did. */
  private boolean isShort;

  RecordText(Records in, long record) {
    this.in = in;
    this.record = record;
    this.at = in.argumentsOf(record);
    this.end = in.after(record);
  }

  /** As the event of that name in the recording's build, null if it has none. */
  String write(EventIds.@Nullable Entry entry) {
    if (entry != null) {
      return write(entry.name(), entry.event());
    }
    long id = in.id(record);
    writePrefix();
    if (id == Records.DROPPED && left() > 0) {
      return text.append(LOST).append(number()).toString();
    }
    text.append(NOT_NAMED).append(id);
    return withTheRest();
  }

  private String write(String name, @Nullable QemuEvent event) {
    writePrefix();
    text.append(name);
    int nameEnd = text.length();
    if (event != null) {
      event.payload().write(this, text);
    }
    if (isShort) {
      text.setLength(nameEnd);
      at = in.argumentsOf(record);
    }
    return withTheRest();
  }

  private void writePrefix() {
    text.append(in.process(record)).append('@');
    Seconds.write(in.time(record), text);
    text.append(':');
  }

  /** What no format string tells: whole words, and the bytes behind them. */
  private String withTheRest() {
    while (left() > 0) {
      text.append(" ").append(Hex.of(number()));
    }
    for (String blank = " "; at < end; blank = "") {
      text.append(blank).append("%02x".formatted(in.octet(at++)));
    }
    return text.toString();
  }

  @Override
  public int left() {
    return (int) ((end - at) / Long.BYTES);
  }

  @Override
  public long number() {
    if (left() == 0) {
      isShort = true;
      return 0;
    }
    at += Long.BYTES;
    return in.word(at - Long.BYTES);
  }

  @Override
  public String text() {
    if (end - at < Integer.BYTES
        || Integer.compareUnsigned(in.half(at), (int) (end - at) - Integer.BYTES) > 0) {
      isShort = true;
      return "";
    }
    int length = in.half(at);
    at += Integer.BYTES + length;
    return in.text(at - length, length);
  }
}
