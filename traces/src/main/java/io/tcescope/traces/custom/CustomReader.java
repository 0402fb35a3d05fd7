package io.tcescope.traces.custom;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.csv.Row;
import io.tcescope.traces.csv.RowEvents;
import io.tcescope.traces.format.LineReader;
import io.tcescope.traces.format.Waypoints;

/** Reads a text line by line as a user's patterns say. */
final class CustomReader extends LineReader {
  private static final String OTHER = "other line";

  private final LineFormat format;

  CustomReader(Recording recording, Waypoints places, LineFormat format, long first) {
    super(recording, places, first);
    this.format = format;
  }

  @Override
  protected void read(String text, long end, Event event) {
    Row row = format.row(text);
    if (row == null) {
      event.is(EventKind.LOG, OTHER, 0).withText(text);
      if (!format.isIgnored(text)) {
        health.skipped("line that no pattern matches", recording.name(), line(), text);
      }
      return;
    }
    String trouble = LineFormat.decode(row, event);
    if (!trouble.isEmpty()) {
      event.begin(line(), line()).is(EventKind.LOG, OTHER, 0).withText(text);
      health.skipped("bad value", recording.name(), line(), trouble);
    } else if (event.kind() == EventKind.LOST) {
      RowEvents.lost(event, health);
    }
  }
}
