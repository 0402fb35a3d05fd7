package io.tcescope.traces.dmesg;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.text.Lines;
import java.lang.foreign.MemorySegment;

/** Kernel message logs: {@code dmesg} output, journald exports, consoles. */
public final class DmesgFormat implements Format {
  /** Lines looked at; a console log can begin with a firmware's own text. */
  private static final int LINES = 400;

  private static final int LONGEST = 4096;

  /** A log of the kernel has its stamp on nearly every line. */
  private static final int KERNEL_LINES = 3;

  @Override
  public boolean recognises(MemorySegment bytes) {
    int stamped = 0;
    int lines = 0;
    for (long at = 0; at < bytes.byteSize() && lines < LINES; lines++) {
      long end = Lines.end(bytes, at);
      String line = Lines.text(bytes, at, end, LONGEST);
      if (line.indexOf('\0') >= 0) {
        return false;
      }
      stamped += DmesgLine.of(line).fromKernel() ? 1 : 0;
      if ((stamped >= KERNEL_LINES && 2 * stamped > lines) || tellsOfWindows(line)) {
        return true;
      }
      at = Lines.next(bytes, end);
    }
    return stamped > 0 && 2 * stamped > lines;
  }

  /** Logs cut out for a bug report often lack all prefixes. */
  private static boolean tellsOfWindows(String line) {
    return (line.contains("-pe-dma-window") && line.contains(" returned "))
        || line.contains("iommu_alloc failed, tbl ")
        || line.contains(": plpar_tce_");
  }

  @Override
  public Trace open(Recording recording) {
    return new DmesgTrace(recording);
  }
}
