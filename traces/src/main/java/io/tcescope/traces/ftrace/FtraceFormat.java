package io.tcescope.traces.ftrace;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.guest.UnplacedProbes;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;

/** Text of the Linux kernel tracer, by any of the tools that print it. */
public final class FtraceFormat implements Format {
  private static final int LINES = 200;

  @Override
  public boolean recognises(MemorySegment bytes) {
    LineHeader header = new LineHeader(new LineText(bytes), new UnplacedProbes());
    int records = 0;
    int others = 0;
    long at = 0;
    for (int line = 0; line < LINES && at < bytes.byteSize(); line++) {
      long end = Lines.end(bytes, at);
      String text = Lines.text(bytes, at, end, TracerRemark.LONGEST);
      if (text.startsWith("# tracer:")) {
        return true;
      }
      if (header.read(at, end)) {
        records++;
      } else if (TracerRemark.of(text).kind() == TracerRemark.Kind.FOREIGN) {
        others++;
      }
      at = Lines.next(bytes, end);
    }
    return records > others;
  }

  @Override
  public Trace open(Recording recording) {
    return new FtraceTrace(recording);
  }
}
