package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.List;

/** A recording whose records bear no times. */
record Timeless(Trace timed) implements Trace {
  @Override
  public SourceKind source() {
    return timed.source();
  }

  @Override
  public List<String> files() {
    return timed.files();
  }

  @Override
  public long bytes() {
    return timed.bytes();
  }

  @Override
  public TraceReader read(long first) {
    TraceReader reader = timed.read(first);
    return new TraceReader() {
      @Override
      public boolean next(Event event) {
        boolean found = reader.next(event);
        event.time(Event.NO_TIME, 0);
        return found;
      }

      @Override
      public long position() {
        return reader.position();
      }

      @Override
      public TraceHealth health() {
        return reader.health();
      }
    };
  }

  @Override
  public void close() {
    timed.close();
  }
}
