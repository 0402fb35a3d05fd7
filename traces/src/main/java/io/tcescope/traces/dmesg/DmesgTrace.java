package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.guest.Keyframes;
import java.util.List;

/** A kernel message log; every line is an event. */
final class DmesgTrace implements Trace {
  /** Lines stand alone, so a place is all a reader needs to begin. */
  record Nothing() {}

  private final Recording recording;
  private final Keyframes<Nothing> keyframes = new Keyframes<>(0, new Nothing());

  DmesgTrace(Recording recording) {
    this.recording = recording;
  }

  @Override
  public SourceKind source() {
    return SourceKind.DMESG;
  }

  @Override
  public List<String> files() {
    return List.of(recording.name());
  }

  @Override
  public long bytes() {
    return recording.bytes().byteSize();
  }

  @Override
  public TraceReader read(long first) {
    return new DmesgReader(recording, keyframes, first);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    keyframes.add(ordinal, line, offset, new Nothing());
  }

  @Override
  public void close() {
    recording.close();
  }
}
