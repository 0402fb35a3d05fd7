package io.tcescope.traces.custom;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.LineReader;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;

/** Recognises a text by a line that the user's patterns match. */
public final class CustomFormat implements Format {
  /** Lines looked at; other lines may come first. */
  private static final int LINES = 1000;

  private final LineFormat format;

  public CustomFormat(LineFormat format) {
    this.format = format;
  }

  @Override
  public boolean recognises(MemorySegment bytes) {
    long at = 0;
    for (int line = 0; line < LINES && at < bytes.byteSize(); line++) {
      long end = Lines.end(bytes, at);
      if (format.row(Lines.text(bytes, at, end, LineReader.LONGEST)) != null) {
        return true;
      }
      at = Lines.next(bytes, end);
    }
    return false;
  }

  @Override
  public Trace open(Recording recording) {
    return new CustomTrace(recording, format);
  }
}
