package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;
import java.lang.foreign.MemorySegment;

/** Recognises QEMU's text log by the first event of the pSeries machine in it. */
public final class QemuLogFormat implements Format {
  /** Other subsystems may write a good deal before the machine's first event. */
  private static final long LOOK_AT = 1 << 24;

  private static final Literal EVENT = Literal.of("spapr_");

  @Override
  public boolean recognises(MemorySegment bytes) {
    TextCursor in = new TextCursor(bytes);
    LinePrefix prefix = new LinePrefix();
    EventNames names = EventNames.ALL;
    long line = 0;
    long end = Math.min(bytes.byteSize(), LOOK_AT);
    while (line < end) {
      long lineEnd = in.lineEnd(line);
      in.moveTo(line);
      prefix.read(in);
      if (names.read(in) != null) {
        return true;
      }
      long embedded = in.find(EVENT, line, Math.min(lineEnd, line + 256));
      if (embedded > line) {
        in.moveTo(embedded);
        if (names.read(in) != null) {
          return true;
        }
      }
      line = lineEnd + 1;
    }
    return false;
  }

  @Override
  public Trace open(Recording recording) {
    return new QemuLogTrace(recording);
  }
}
