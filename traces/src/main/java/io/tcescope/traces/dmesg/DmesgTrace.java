package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.StandaloneTrace;

/** A kernel message log; every line is an event. */
final class DmesgTrace extends StandaloneTrace {
  DmesgTrace(Recording recording) {
    super(SourceKind.DMESG, recording);
  }

  @Override
  public TraceReader read(long first) {
    return new DmesgReader(recording, places, first);
  }
}
