package io.tcescope.traces.csv;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;

/** What nothing else recognises and looks like a CSV: asked last, to say what it lacks. */
public final class TableWithoutCalls implements Format {
  @Override
  public boolean recognises(MemorySegment bytes) {
    Header header = Header.of(bytes);
    return header != null && header.looksLikeTable();
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    throw new UnreadableRecordingException("line 1: a CSV without a `call` column");
  }
}
