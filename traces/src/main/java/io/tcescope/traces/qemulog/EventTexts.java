package io.tcescope.traces.qemulog;

import io.tcescope.traces.text.FormatString;

/** The texts behind the names of several events (QEMU's {@code hw/ppc/trace-events}). */
final class EventTexts {
  /** The most numbers that an event has. */
  static final int MOST_NUMBERS = 8;

  /** A text of which nothing is of interest. */
  static final FormatString ANYTHING = FormatString.of("*");

  static final FormatString PUT = FormatString.of(" liobn=%x ioba=%x tce=%x ret=%d");
  static final FormatString GET = FormatString.of(" liobn=%x ioba=%x ret=%d tce=%x");
  static final FormatString STUFF =
      FormatString.of(" liobn=%x ioba=%x tcevalue=%x npages=%d ret=%d");
  static final FormatString INDIRECT =
      FormatString.of(" liobn=%x ioba=%x tcelist=%x iobaN=%x tceN=%x ret=%d");
  static final FormatString CONNECTOR = FormatString.of(" drc: %x*");

  private EventTexts() {}
}
