package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.Literal;
import io.tcescope.traces.text.TextCursor;

/**
 * What stands in a log besides trace events: QEMU's own complaints about the guest ({@code -d
 * guest_errors}, {@code include/qemu/log.h}), its warnings, and lines of other programs. The name
 * keeps them apart in the counts.
 */
final class ForeignLine {
  private static final int LONGEST_PROGRAM_NAME = 64;

  private static final Literal PUT_OUT_OF_BOUNDS = Literal.of("put_tce_emu: ");
  private static final Literal GET_OUT_OF_BOUNDS = Literal.of("get_tce_emu: ");
  private static final Literal NO_SUCH_LIOBN = Literal.of("spapr_tce_find_b");
  private static final Literal WARNING = Literal.of(": warning: ");

  private ForeignLine() {}

  /** The name of the line at the cursor, which ends at {@code end}. */
  static String name(TextCursor in, long end) {
    if (in.isAt(PUT_OUT_OF_BOUNDS) || in.isAt(GET_OUT_OF_BOUNDS) || in.isAt(NO_SUCH_LIOBN)) {
      return "guest_error";
    }
    long start = in.position();
    boolean warns = in.find(WARNING, start, Math.min(end, start + LONGEST_PROGRAM_NAME)) >= 0;
    return warns ? "warning" : "log";
  }
}
