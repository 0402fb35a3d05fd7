package io.tcescope.traces.format;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import java.lang.foreign.MemorySegment;

/** One way to record a run; implemented once for each supported format. */
public interface Format {
  /**
   * True if these bytes are a recording of this format. They are all of the recording, so that a
   * format can look behind foreign lines, but most decide by the first few.
   */
  boolean recognises(MemorySegment bytes);

  /**
   * Opens a recording of this format. The trace owns the recording and closes it.
   *
   * @throws UnreadableRecordingException if it is of a version or shape that cannot be read
   */
  Trace open(Recording recording) throws UnreadableRecordingException;
}
