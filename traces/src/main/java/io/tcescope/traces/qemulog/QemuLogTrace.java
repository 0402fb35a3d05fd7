package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.StandaloneTrace;

/** A QEMU text log: line N is event N. */
final class QemuLogTrace extends StandaloneTrace {
  QemuLogTrace(Recording recording) {
    super(SourceKind.QEMU_LOG, recording);
  }

  @Override
  public TraceReader read(long first) {
    return new LogReader(recording, places).skipTo(first);
  }
}
