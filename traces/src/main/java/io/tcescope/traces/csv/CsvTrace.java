package io.tcescope.traces.csv;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Places;
import io.tcescope.traces.format.StandaloneTrace;

/** A table of calls: row N below the header is event N. */
final class CsvTrace extends StandaloneTrace {
  private final Header header;
  private final LineNumbers lines;

  CsvTrace(Recording recording, Header header) {
    super(SourceKind.CSV, recording);
    this.header = header;
    this.lines = new LineNumbers(recording.bytes());
  }

  @Override
  public TraceReader read(long first) {
    Places.Place place = places.before(first, header.end());
    long offset = place.offset();
    Rows rows = new Rows(recording.bytes(), offset, lines.at(offset));
    return new CsvReader(recording, places, lines, header, rows, place.ordinal() - 1).skipTo(first);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    super.remember(ordinal, line, file, offset);
    lines.remember(offset, line);
  }
}
