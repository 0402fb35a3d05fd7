package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the events of blocks again, from the recording where it still stands. */
final class RecordedEvents implements AutoCloseable {
  /** So many events are passed faster than a new reader is made. */
  private static final int NEAR = 64;

  private final Source source;
  private final Recordings recordings;
  private final Event row = new Event();
  private Source.@Nullable Condition condition;
  private @Nullable Trace trace;
  private @Nullable TraceReader reader;
  private long nextEvent;

  RecordedEvents(Source source, Recordings recordings) {
    this.source = source;
    this.recordings = recordings;
  }

  /**
   * What became of the recording, as it was when this was asked first.
   *
   * @throws CaseException if it is no longer the one that was indexed
   */
  Source.Condition condition() throws IOException {
    Source.Condition known = condition;
    if (known == null) {
      known = source.condition();
      condition = known;
    }
    if (known == Source.Condition.CHANGED) {
      throw new CaseException(source.path() + ": changed since it was indexed; index it again");
    }
    return known;
  }

  List<String> files() {
    return List.of(source.path().toString());
  }

  /** First time stamp of the run. */
  long firstTime() {
    return source.firstTime();
  }

  /** Hands over some events of a block; false if the visitor did not want them all. */
  boolean visit(Block block, long first, long last, KeptEvents.Visitor visitor) throws IOException {
    TraceReader events = readerAt(block, first);
    for (long ordinal = first; ordinal <= last; ordinal++) {
      boolean there = ordinal == nextEvent ? events.next(row) : events.find(ordinal, row);
      if (!there) {
        throw new CaseException(source.path() + ": ends before event " + ordinal);
      }
      nextEvent = ordinal + 1;
      if (!visitor.on(row)) {
        return false;
      }
    }
    return true;
  }

  /** A reader that stands in the block, or close before it. */
  private TraceReader readerAt(Block block, long first) throws IOException {
    TraceReader current = reader;
    if (current != null && nextEvent <= first && block.extent().first() - nextEvent < NEAR) {
      return current;
    }
    Trace opened = trace();
    long begin = block.extent().first();
    opened.remember(begin, block.line(), block.file(), block.offset());
    TraceReader fresh = opened.read(begin);
    reader = fresh;
    nextEvent = begin;
    return fresh;
  }

  private Trace trace() throws IOException {
    Trace opened = trace;
    if (opened == null) {
      opened = recordings.open(source.path());
      trace = opened;
    }
    return opened;
  }

  @Override
  public void close() {
    if (trace != null) {
      trace.close();
    }
  }
}
