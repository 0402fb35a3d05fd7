package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Places;
import java.util.List;

/** A QEMU text log: line N is event N. */
final class QemuLogTrace implements Trace {
  private final Recording recording;
  private final Places places = new Places();

  QemuLogTrace(Recording recording) {
    this.recording = recording;
  }

  @Override
  public SourceKind source() {
    return SourceKind.QEMU_LOG;
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
    return new LogReader(recording, places).skipTo(first);
  }

  @Override
  public void remember(long ordinal, long line, int file, long offset) {
    places.remember(ordinal, offset);
  }

  @Override
  public void close() {
    recording.close();
  }
}
