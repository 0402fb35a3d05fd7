package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Keyframes;
import io.tcescope.traces.format.RecordingTrace;
import io.tcescope.traces.guest.CallJoiner;
import io.tcescope.traces.guest.HostedMachines;

/** A kernel tracer's text; every line is an event. */
final class FtraceTrace extends RecordingTrace {
  private final Keyframes<CallJoiner> keyframes = new Keyframes<>(0, new CallJoiner());

  private final HostedMachines machines = new HostedMachines(this::proofOfSeveralMachines);

  FtraceTrace(Recording recording) {
    super(SourceKind.FTRACE, recording);
  }

  private String proofOfSeveralMachines() {
    return new FtraceReader(recording, keyframes, HostedMachines.UNASKED, 1)
        .proofOfSeveralMachines();
  }

  @Override
  public TraceReader read(long first) {
    return new FtraceReader(recording, keyframes, machines, first);
  }
}
