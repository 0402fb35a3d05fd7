package io.tcescope.traces.csv;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.StandaloneTrace;
import io.tcescope.traces.format.Waypoints;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of calls: row N below the header is event N. */
final class CsvTrace extends StandaloneTrace {
  private final Header header;
  private final LineNumbers lines;
  private final Set<SourceKind> sources;

  CsvTrace(Recording recording, Header header) {
    super(SourceKind.CSV, recording);
    this.header = header;
    this.lines = new LineNumbers(recording.bytes());
    this.sources = declared();
  }

  /** Who recorded what the table holds, as its first rows declare; else it is the recorder. */
  @Override
  public Set<SourceKind> sources() {
    return sources;
  }

  private Set<SourceKind> declared() {
    Set<SourceKind> declared = EnumSet.noneOf(SourceKind.class);
    TraceReader reader = read(1);
    Event event = new Event();
    while (reader.next(event) && event.kind() == EventKind.PLATFORM) {
      SourceKind recorder = recorder(event.text().strip());
      if (recorder != null) {
        declared.add(recorder);
      }
    }
    return declared.isEmpty() ? Set.of(source()) : declared;
  }

  private static @Nullable SourceKind recorder(String fact) {
    for (SourceKind kind : SourceKind.values()) {
      if (fact.equals(kind.declaration())) {
        return kind;
      }
    }
    return null;
  }

  @Override
  public TraceReader read(long first) {
    Waypoints.Place place = places.before(first, header.end());
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
