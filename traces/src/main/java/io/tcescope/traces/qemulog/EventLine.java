package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.text.TextCursor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One event as QEMU's log has it, on its own: a cell of a table, not a line of a file. */
public final class EventLine {
  private final QemuEvent name;
  private final long[] numbers;
  private final int count;

  private EventLine(QemuEvent name, long[] numbers, int count) {
    this.name = name;
    this.numbers = numbers;
    this.count = count;
  }

  /** The event that stands in the text, behind a prefix or without one; null if none does. */
  public static @Nullable EventLine of(String text) {
    TextCursor in =
        new TextCursor(MemorySegment.ofArray((text + "\n").getBytes(StandardCharsets.UTF_8)));
    new LinePrefix().read(in);
    QemuEvent name = EventNames.ALL.read(in);
    if (name == null || in.failed()) {
      return null;
    }
    long[] numbers = Arguments.room();
    int count = new PrintedRecord().read(name, in, numbers);
    boolean whole = !in.failed() && in.endOfLine() && Arguments.impossible(name, numbers) == null;
    return whole ? new EventLine(name, numbers, count) : null;
  }

  public EventKind kind() {
    return name.kind();
  }

  /** Fills the event with what the line tells, in place of what it held. */
  public void fill(Event event) {
    Arguments.fill(event, name, numbers, count);
  }
}
