package io.tcescope.traces.csv;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.format.StandaloneTrace;
import io.tcescope.traces.text.TextCursor;

/** A table of calls: row N below the header is event N. */
final class CsvTrace extends StandaloneTrace {
  private final Header header;

  CsvTrace(Recording recording, Header header) {
    super(SourceKind.CSV, recording);
    this.header = header;
  }

  @Override
  public TraceReader read(long first) {
    Places.Place place = places.before(first, header.end());
    long offset = place.offset();
    Rows rows = new Rows(recording.bytes(), offset, lineAt(offset));
    return new CsvReader(recording, places, header, rows, place.ordinal() - 1).skipTo(first);
  }

  private long lineAt(long offset) {
    TextCursor text = new TextCursor(recording.bytes());
    long line = 1;
    for (long at = text.lineEnd(0) + 1; at <= offset; at = text.lineEnd(at) + 1) {
      line++;
    }
    return line;
  }
}
