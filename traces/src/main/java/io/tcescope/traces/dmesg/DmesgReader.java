package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads a kernel message log line by line. */
final class DmesgReader implements TraceReader {
  /** A longer line is no message of the kernel (it cuts its own at 1 KiB); its head is enough. */
  private static final int LONGEST_LINE = 1 << 14;

  private final Recording recording;
  private final Places places;
  private final MemorySegment bytes;
  private final TraceHealth health = new TraceHealth();
  private final NameCounts counts = new NameCounts();
  private long at;
  private long line;
  private boolean finished;

  DmesgReader(Recording recording, Places places, long first) {
    this.recording = recording;
    this.places = places;
    this.bytes = recording.bytes();
    Places.Place start = places.before(first, 0);
    at = start.offset();
    line = start.ordinal();
    while (line < first && at < bytes.byteSize()) {
      at = Lines.next(bytes, Lines.end(bytes, at));
      line++;
    }
  }

  @Override
  public boolean next(Event event) {
    if (at >= bytes.byteSize()) {
      finish();
      return false;
    }
    places.note(line, at);
    long end = Lines.end(bytes, at);
    event.begin(line, line).at(0, bytes, at, (int) Math.min(end - at, LONGEST_LINE));
    read(Lines.text(bytes, at, end, LONGEST_LINE), end, event);
    at = Lines.next(bytes, end);
    counts.count(event);
    line++;
    return true;
  }

  private void read(String text, long end, Event event) {
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
        String text = Lines.text(bytes, at, end, LONGEST_LINE);
        at = Lines.next(bytes, end);
        DmesgPrefix prefix = DmesgPrefix.of(text);
        if (prefix.caller().equals(caller)) {
          return text.substring(prefix.message());
        }
      }
      return null;
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      recording.reportDamage(health, line - 1);
    }
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public TraceHealth health() {
    health.progressed(line - 1, line - 1);
    counts.reportTo(health);
    return health;
  }
}
