package io.tcescope.traces.made;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A recording each of whose events is shown to somebody, who may change it, before it is handed on.
 */
public record Relayed(Trace trace, Consumer<Event> relay) implements Trace {
  @Override
  public SourceKind source() {
    return trace.source();
  }

  @Override
  public Set<SourceKind> sources() {
    return trace.sources();
  }

  @Override
  public boolean tellsTables() {
    return trace.tellsTables();
  }

  @Override
  public List<String> files() {
    return trace.files();
  }

  @Override
  public long bytes() {
    return trace.bytes();
  }

  @Override
  public TraceReader read(long first) {
    TraceReader reader = trace.read(first);
    return new TraceReader() {
      @Override
      public boolean next(Event event) {
        boolean found = reader.next(event);
        if (found) {
          relay.accept(event);
        }
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
    trace.close();
  }
}
