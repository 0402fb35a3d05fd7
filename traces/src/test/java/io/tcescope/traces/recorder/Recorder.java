package io.tcescope.traces.recorder;

import io.tcescope.engine.event.Event;
import java.io.Closeable;

/** Writes events to a recording as QEMU does. */
public interface Recorder extends Closeable {
  /** Writes one event, which bears the name of one of QEMU's. */
  void record(Event event);
}
