package io.tcescope.traces.csv;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;

/** Recognises the neutral CSV by a header row with a {@code call} column. */
public final class CsvFormat implements Format {
  @Override
  public boolean recognises(MemorySegment bytes) {
    Header header = Header.of(bytes);
    return header != null && header.has(Column.CALL);
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    Header header = Header.of(recording.bytes());
    if (header == null) {
      throw new UnreadableRecordingException("a CSV without a header row");
    }
    return new CsvTrace(recording, header);
  }
}
