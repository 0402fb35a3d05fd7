package io.tcescope.traces.custom;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.StandaloneTrace;

/** A text in a user's format: line N is event N, and means what a row of the neutral CSV means. */
final class CustomTrace extends StandaloneTrace {
  private final LineFormat format;

  CustomTrace(Recording recording, LineFormat format) {
    super(SourceKind.CSV, recording);
    this.format = format;
  }

  @Override
  public TraceReader read(long first) {
    return new CustomReader(recording, places, format, first);
  }
}
