package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.guest.CallJoiner;
import io.tcescope.traces.guest.Keyframes;
import java.util.List;

/** A kernel tracer's text; every line is an event. */
final class FtraceTrace implements Trace {
  private final Recording recording;
  private final Keyframes<CallJoiner> keyframes = new Keyframes<>(0, new CallJoiner());

  FtraceTrace(Recording recording) {
    this.recording = recording;
  }

  @Override
  public SourceKind source() {
    return SourceKind.FTRACE;
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
    return new FtraceReader(recording, keyframes, first);
  }

  @Override
  public void close() {
    recording.close();
  }
}
