package io.tcescope.traces.format;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Consecutive parts of one run, such as rotated logs: lines begin anew in each file, ordinals go
 * on.
 */
public final class ConsecutiveTrace implements Trace {
  private static final long UNKNOWN = -1;

  private final List<Trace> parts;

  /** How many events each part has, as far as a reader has come to its end. */
  private final AtomicLongArray lengths;

  /** The parts in order, all of one kind; this trace closes them. */
  public ConsecutiveTrace(List<Trace> parts) {
    this.parts = List.copyOf(parts);
    this.lengths = new AtomicLongArray(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      lengths.set(i, UNKNOWN);
    }
  }

  @Override
  public SourceKind source() {
    return parts.getFirst().source();
  }

  @Override
  public Set<SourceKind> sources() {
    return parts.getFirst().sources();
  }

  @Override
  public List<String> files() {
    return parts.stream().flatMap(part -> part.files().stream()).toList();
  }

  @Override
  public long bytes() {
    return parts.stream().mapToLong(Trace::bytes).sum();
  }

  @Override
  public TraceReader read(long first) {
    long before = 0;
    int part = 0;
    while (part < parts.size() - 1 && first > before + length(part)) {
      before += length(part);
      part++;
    }
    return new Reader(part, before, first);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    long before = 0;
    for (int part = 0; part < file; part++) {
      if (lengths.get(part) == UNKNOWN) {
        return;
      }
      before += lengths.get(part);
    }
    parts.get(file).remember(ordinal - before, line, 0, offset);
  }

  @Override
  public void close() {
    parts.forEach(Trace::close);
  }

  /** Events of a part, counted by reading it if nobody has come to its end yet. */
  private long length(int part) {
    if (lengths.get(part) == UNKNOWN) {
      TraceReader reader = parts.get(part).read(1);
      Event event = new Event();
      long events = 0;
      while (reader.next(event)) {
        events++;
      }
      lengths.set(part, events);
    }
    return lengths.get(part);
  }

  private long bytesBefore(int part) {
    return parts.subList(0, part).stream().mapToLong(Trace::bytes).sum();
  }

  /** Reads one part after the other. */
  private final class Reader implements TraceReader {
    private final TraceHealth finished = new TraceHealth();
    private int part;
    private long eventsBefore;
    private long bytesBefore;
    private long read;
    private TraceReader current;

    Reader(int part, long eventsBefore, long first) {
      this.part = part;
      this.eventsBefore = eventsBefore;
      this.bytesBefore = bytesBefore(part);
      this.read = first - eventsBefore - 1;
      this.current = parts.get(part).read(first - eventsBefore);
    }

    @Override
    public boolean next(Event event) {
      while (!current.next(event)) {
        if (isLast()) {
          return false;
        }
        beginNextPart();
      }
      return took(event);
    }

    @Override
    public boolean find(long ordinal, Event event) {
      while (!isLast() && isBehindThisPart(ordinal)) {
        read = lengths.get(part);
        beginNextPart();
      }
      if (!isLast() && lengths.get(part) == UNKNOWN) {
        return TraceReader.super.find(ordinal, event);
      }
      return current.find(ordinal - eventsBefore, event) && took(event);
    }

    private boolean isLast() {
      return part == parts.size() - 1;
    }

    private boolean isBehindThisPart(long ordinal) {
      return lengths.get(part) != UNKNOWN && ordinal > eventsBefore + lengths.get(part);
    }

    private boolean took(Event event) {
      read = event.ordinal();
      event.moveTo(part, eventsBefore + read);
      return true;
    }

    private void beginNextPart() {
      finished.add(current.health());
      lengths.set(part, read);
      eventsBefore += read;
      bytesBefore += parts.get(part).bytes();
      read = 0;
      part++;
      current = parts.get(part).read(1);
    }

    @Override
    public long position() {
      return bytesBefore + current.position();
    }

    @Override
    public TraceHealth health() {
      TraceHealth all = new TraceHealth();
      all.add(finished);
      all.add(current.health());
      return all;
    }
  }
}
