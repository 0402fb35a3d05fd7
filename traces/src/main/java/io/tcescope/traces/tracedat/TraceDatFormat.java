package io.tcescope.traces.tracedat;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;

/** trace-cmd's {@code trace.dat}. */
public final class TraceDatFormat implements Format {
  @Override
  public boolean recognises(MemorySegment bytes) {
    int length = DatParser.MAGIC.length;
    MemorySegment magic = MemorySegment.ofArray(DatParser.MAGIC);
    return bytes.byteSize() > length && bytes.asSlice(0, length).mismatch(magic) < 0;
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    return new DatTrace(recording, DatParser.parse(recording.bytes()));
  }
}
