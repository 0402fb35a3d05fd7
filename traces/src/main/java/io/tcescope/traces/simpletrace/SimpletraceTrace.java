package io.tcescope.traces.simpletrace;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.event.Wording;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.StandaloneTrace;
import io.tcescope.traces.format.Waypoints;
import org.jspecify.annotations.Nullable;

/** A simpletrace file: event record N is event N. */
final class SimpletraceTrace extends StandaloneTrace implements Wording {
  private final Records records;

  /** Names met so far, by any reader. */
  private final EventIds ids;

  private boolean allNamesKnown;

  SimpletraceTrace(Recording recording, FileHeader header, EventIds ids) {
    super(SourceKind.SIMPLETRACE, recording);
    this.records = new Records(recording.bytes(), header);
    this.ids = ids;
  }

  Recording recording() {
    return recording;
  }

  Records records() {
    return records;
  }

  Waypoints places() {
    return places;
  }

  /** The names known by now, for one reader's own use. */
  synchronized EventIds ids() {
    return new EventIds(ids);
  }

  /** Takes a name that a reader met. */
  synchronized void learn(long id, String name) {
    ids.name(id, name);
  }

  /** QEMU writes most names, if not all, before the first event. */
  void learnLeadingNames() {
    new SimpletraceReader(this, 0, FileHeader.LENGTH).findEvent();
  }

  /**
   * Makes sure that the names from all over the file are known, also those that QEMU writes when it
   * loads a module. False if they were known before.
   */
  synchronized boolean learnAllNames() {
    if (allNamesKnown) {
      return false;
    }
    allNamesKnown = true;
    var _ = new SimpletraceReader(this, 0, FileHeader.LENGTH).skipTo(Long.MAX_VALUE);
    return true;
  }

  @Override
  public String of(Event event) {
    long record = event.offset();
    return new RecordText(records, record).write(entry(records.id(record)));
  }

  private synchronized EventIds.@Nullable Entry entry(long id) {
    return ids.get(id);
  }

  @Override
  public TraceReader read(long first) {
    return new SimpletraceReader(this, 0, FileHeader.LENGTH).skipTo(first);
  }
}
