package io.tcescope.traces.custom;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.csv.Row;
import io.tcescope.traces.csv.RowEvents;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;

/** Reads a text line by line as a user's patterns say; every line is an event. */
final class CustomReader implements TraceReader {
  /** Bytes of a line that are looked at; more is no line of a recorder. */
  static final int LONGEST = 1 << 14;

  private static final String OTHER = "other line";

  private final Recording recording;
  private final Places places;
  private final LineFormat format;
  private final MemorySegment bytes;
  private final TraceHealth health = new TraceHealth();
  private final NameCounts counts = new NameCounts();
  private long at;
  private long line;
  private boolean finished;

  CustomReader(Recording recording, Places places, LineFormat format, long first) {
    this.recording = recording;
    this.places = places;
    this.format = format;
    bytes = recording.bytes();
    Places.Place start = places.before(first, 0);
    at = start.offset();
    line = start.ordinal() - 1;
    while (line < first - 1 && at < bytes.byteSize()) {
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
    line++;
    places.note(line, at);
    long end = Lines.end(bytes, at);
    event.begin(line, line);
    read(Lines.text(bytes, at, end, LONGEST), event);
    event.at(0, bytes, at, (int) Math.min(end - at, Integer.MAX_VALUE));
    at = Lines.next(bytes, end);
    counts.count(event);
    return true;
  }

  private void read(String text, Event event) {
    Row row = format.row(text);
    if (row == null) {
      event.is(EventKind.LOG, OTHER, 0).withText(text);
      if (!format.isIgnored(text)) {
        health.skipped("line that no pattern matches", recording.name(), line, text);
      }
      return;
    }
    String trouble = LineFormat.decode(row, event);
    if (!trouble.isEmpty()) {
      event.begin(line, line).is(EventKind.LOG, OTHER, 0).withText(text);
      health.skipped("bad value", recording.name(), line, trouble);
    } else if (event.kind() == EventKind.LOST) {
      RowEvents.lost(event, health);
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      recording.reportDamage(health, line);
    }
  }

  @Override
  public long position() {
    return at;
  }

  @Override
  public TraceHealth health() {
    health.progressed(line, line);
    counts.reportTo(health);
    return health;
  }
}
