package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.LineReader;
import io.tcescope.traces.format.Unreadable;
import io.tcescope.traces.format.Waypoints;
import io.tcescope.traces.text.Lines;
import org.jspecify.annotations.Nullable;

/** Reads a kernel message log line by line. */
final class DmesgReader extends LineReader {
  /** Names of records that tell of missing messages. */
  private static final String DROPPED = "messages dropped";

  private static final String SUPPRESSED = "messages suppressed";

  DmesgReader(Recording recording, Waypoints places, long first) {
    super(recording, places, first);
  }

  @Override
  protected void read(String text, long end, Event event) {
    DmesgLine line = DmesgLine.of(text);
    String message = line.message();
    event.withText(message).withTask(line.caller().isEmpty() ? null : line.caller());
    if (line.isStamped()) {
      event.time(line.time(), line.digits());
    }
    if (line.isEntry()) {
      event.wordedBy(JournalEntry::inWords);
    }
    boolean read =
        FailedCall.read(message, new Ahead(end, line.caller())::next, event)
            || DmesgMessage.read(message, event);
    if (!read) {
      boolean cutOff = end == bytes.byteSize();
      DmesgMessage.operation(message).ifPresent(one -> unreadable(one, message, cutOff, event));
    }
    MissingMessages.in(line.text()).ifPresent(missing -> missing(missing, read, event));
  }

  /** Of a call whose message is still being written nobody knows. */
  private void unreadable(EventKind operation, String message, boolean cutOff, Event event) {
    if (cutOff) {
      health.damaged("last line cut off", recording.name(), line(), message);
      return;
    }
    health.skipped("message that could not be read", recording.name(), line(), message);
    Unreadable.fill(event, operation, DmesgMessage.PLAIN);
  }

  /**
   * What a function said too often the kernel itself left out: the log is whole and no table
   * changes. Anything can be among what was dropped.
   */
  private void missing(MissingMessages missing, boolean read, Event event) {
    if (missing.alike()) {
      health.remark("the kernel left out messages that came too fast (callbacks suppressed)");
    } else {
      health.lost(missing.count());
    }
    if (read) {
      return; // old kernels print the next message behind these words
    }
    event.is(
        missing.alike() ? EventKind.LOG : EventKind.LOST,
        missing.alike() ? SUPPRESSED : DROPPED,
        0);
    if (missing.count() >= 0) {
      event.withSize(missing.count());
    }
  }

  /** The messages behind a line that the same caller printed, in order. */
  private final class Ahead {
    /** Other callers can print between the lines of one, but not for long. */
    private static final int LINES_LOOKED_AT = 64;

    private final String caller;
    private long at;
    private int looked;

    Ahead(long end, String caller) {
      this.caller = caller;
      this.at = Lines.next(bytes, end);
    }

    @Nullable String next() {
      while (at < bytes.byteSize() && looked++ < LINES_LOOKED_AT) {
        long end = Lines.end(bytes, at);
        DmesgLine line = DmesgLine.of(Lines.text(bytes, at, end, LONGEST));
        at = Lines.next(bytes, end);
        if (line.caller().equals(caller)) {
          return line.message();
        }
      }
      return null;
    }
  }
}
