package io.tcescope.engine.event;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands and who made it.
 *
 * @param time nanoseconds as recorded, or {@link Event#NO_TIME}
 * @param cpu processor, or -1 if not recorded
 * @param text the message of a log line, or the record as it stands in the file
 */
public record Origin(
    long ordinal,
    long line,
    int file,
    String name,
    long time,
    int timeDigits,
    long thread,
    int cpu,
    @Nullable String task,
    @Nullable String device,
    String text) {

  static Origin of(Event event) {
    return new Origin(
        event.ordinal(),
        event.line(),
        event.file(),
        event.name(),
        event.time(),
        event.time() == Event.NO_TIME ? 0 : event.timeDigits(),
        event.thread(),
        event.cpu(),
        event.task(),
        event.device(),
        event.text());
  }

  Event begin(Event event) {
    return event
        .begin(ordinal, line)
        .at(file, MemorySegment.NULL, 0, 0)
        .time(time, timeDigits)
        .withThread(thread)
        .withCpu(cpu)
        .withTask(task)
        .withDevice(device)
        .withText(text);
  }
}
