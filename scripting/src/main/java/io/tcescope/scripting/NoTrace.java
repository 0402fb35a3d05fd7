package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.List;

/** A recording of nothing, for asking a rule what it is. */
record NoTrace() implements Trace {
  @Override
  public SourceKind source() {
    return SourceKind.CSV;
  }

  @Override
  public List<String> files() {
    return List.of();
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public TraceReader read(long first) {
    return new Nothing(new TraceHealth());
  }

  @Override
  public void close() {}

  private record Nothing(TraceHealth health) implements TraceReader {
    @Override
    public boolean next(Event event) {
      return false;
    }

    @Override
    public long position() {
      return 0;
    }
  }
}
