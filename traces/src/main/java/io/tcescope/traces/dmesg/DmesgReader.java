package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.LineReader;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.text.Lines;
import org.jspecify.annotations.Nullable;

/** Reads a kernel message log line by line. */
final class DmesgReader extends LineReader {
  DmesgReader(Recording recording, Places places, long first) {
    super(recording, places, first);
  }

  @Override
  protected void read(String text, long end, Event event) {
    DmesgPrefix prefix = DmesgPrefix.of(text);
    String message = text.substring(prefix.message());
    event.withText(message).withTask(prefix.caller().isEmpty() ? null : prefix.caller());
    if (prefix.isStamped()) {
      event.time(prefix.time(), prefix.digits());
    }
    if (!FailedCall.read(message, new Ahead(end, prefix.caller())::next, event)) {
      DmesgMessage.read(message, event);
    }
  }

  /** The messages behind a line that the same caller printed, in order. */
  private final class Ahead {
    private final String caller;
    private long at;

    Ahead(long end, String caller) {
      this.caller = caller;
      this.at = Lines.next(bytes, end);
    }

    @Nullable String next() {
      while (at < bytes.byteSize()) {
        long end = Lines.end(bytes, at);
        String text = Lines.text(bytes, at, end, LONGEST);
        at = Lines.next(bytes, end);
        DmesgPrefix prefix = DmesgPrefix.of(text);
        if (prefix.caller().equals(caller)) {
          return text.substring(prefix.message());
        }
      }
      return null;
    }
  }
}
