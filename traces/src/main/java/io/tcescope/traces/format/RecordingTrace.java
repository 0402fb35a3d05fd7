package io.tcescope.traces.format;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import java.util.List;

/** A trace that is one recording. Each format adds its reader. */
public abstract class RecordingTrace implements Trace {
  protected final Recording recording;
  private final SourceKind source;

  /** The trace owns the recording and closes it. */
  protected RecordingTrace(SourceKind source, Recording recording) {
    this.source = source;
    this.recording = recording;
  }

  @Override
  public final SourceKind source() {
    return source;
  }

  @Override
  public final List<String> files() {
    return List.of(recording.name());
  }

  @Override
  public long bytes() {
    return recording.bytes().byteSize();
  }

  @Override
  public final void close() {
    recording.close();
  }
}
