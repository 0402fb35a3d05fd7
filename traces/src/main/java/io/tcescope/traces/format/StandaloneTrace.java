package io.tcescope.traces.format;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.traces.bytes.Recording;

/** A recording whose records stand alone, so that a reader can begin at any known place. */
public abstract class StandaloneTrace extends RecordingTrace {
  protected final Waypoints places = new Waypoints();

  protected StandaloneTrace(SourceKind source, Recording recording) {
    super(source, recording);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    places.remember(ordinal, offset);
  }
}
