package io.tcescope.traces.csv;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.NameCounts;
import io.tcescope.traces.format.Unreadable;
import io.tcescope.traces.format.Waypoints;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * One row, one event; a row that cannot be read is counted, and what its call may have done lost.
 */
final class CsvReader implements TraceReader {
  private static final String BAD_ROW = "bad row";
  private static final String NOTE = "note";
  private static final int LONGEST_NOTE = 512;

  private final Recording recording;
  private final Waypoints places;
  private final LineNumbers lines;
  private final Header header;
  private final Rows rows;
  private final TraceHealth health = new TraceHealth();
  private final NameCounts counts = new NameCounts();
  private long ordinal;
  private String trouble = "";

  /** The call of a row that cannot be read, if it has one. */
  private @Nullable EventKind broken;

  private long latest = Event.NO_TIME;
  private boolean toldOrder;
  private boolean ended;

  /** Reads on behind the event of that ordinal. */
  CsvReader(
      Recording recording,
      Waypoints places,
      LineNumbers lines,
      Header header,
      Rows rows,
      long ordinal) {
    this.recording = recording;
    this.places = places;
    this.lines = lines;
    this.header = header;
    this.rows = rows;
    this.ordinal = ordinal;
    header.unknown().forEach(title -> health.remark("unknown column: " + title));
  }

  /** Passes rows up to the event of that ordinal. */
  CsvReader skipTo(long first) {
    while (ordinal < first - 1 && rows.advance()) {
      ordinal++;
    }
    return this;
  }

  @Override
  public boolean next(Event event) {
    if (!rows.advance()) {
      end();
      return false;
    }
    ordinal++;
    places.note(ordinal, rows.start());
    lines.note(ordinal, rows.start(), rows.line());
    event.begin(ordinal, rows.line());
    if (!decode(event, rows.row())) {
      event.begin(ordinal, rows.line());
      note(RecorderNote.of(line()), event);
    }
    event.at(0, recording.bytes(), rows.start(), (int) (rows.end() - rows.start()));
    counts.count(event);
    watchOrder(event);
    return true;
  }

  /** A recorder that drains one buffer a processor can write rows out of their order. */
  private void watchOrder(Event event) {
    if (event.time() < latest && !toldOrder && event.time() != Event.NO_TIME) {
      toldOrder = true;
      health.remark("rows are not in the order of time_ns, first at line " + rows.line());
    }
    latest = Math.max(latest, event.time());
  }

  /** What is no row: the recorder's own words, or damage. */
  private void note(RecorderNote note, Event event) {
    if (!note.isNote()) {
      health.skipped(BAD_ROW, recording.name(), rows.line(), trouble);
      badRow(event);
    } else if (note.saysLost()) {
      health.lost(note.lost());
      event.is(EventKind.LOST, NOTE, 0).withSize(note.lost());
    } else {
      event.is(EventKind.LOG, NOTE, 0);
    }
  }

  private void badRow(Event event) {
    if (broken == null) {
      event.is(EventKind.LOG, BAD_ROW, 0);
      return;
    }
    CSVRecord cells = rows.row();
    Row row = new Row(cells == null ? column -> "" : new TableCells(header, cells));
    Unreadable.fill(event, broken, BAD_ROW, row.ifNumber(Column.LIOBN), row.ifNumber(Column.IOBA));
  }

  private String line() {
    MemorySegment bytes = recording.bytes();
    return Lines.text(bytes, rows.start(), Lines.end(bytes, rows.start()), LONGEST_NOTE);
  }

  private boolean decode(Event event, @Nullable CSVRecord cells) {
    broken = null;
    if (cells == null) {
      broken = EventKind.LOST;
      return bad(rows.trouble());
    }
    Row row = new Row(new TableCells(header, cells));
    String call = row.text(Column.CALL);
    EventKind kind = RowEvents.kind(call);
    if (kind == null) {
      return bad("no such call: " + (call.isEmpty() ? "(none)" : call));
    }
    try {
      RowEvents.fill(row, kind, event);
    } catch (NumberFormatException e) {
      broken = kind;
      return bad(row.trouble());
    }
    if (kind == EventKind.LOST) {
      RowEvents.lost(event, health);
    }
    return true;
  }

  private boolean bad(String detail) {
    trouble = detail;
    return false;
  }

  private void end() {
    if (!ended) {
      ended = true;
      recording.reportDamage(health, rows.line());
    }
  }

  @Override
  public long position() {
    return rows.end();
  }

  @Override
  public TraceHealth health() {
    health.progressed(ordinal, rows.line());
    counts.reportTo(health);
    return health;
  }
}
