package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.Event;
import io.tcescope.traces.text.TextCursor;

/** A last line without an end: the file may have been cut there, in its last number. */
final class LastLine {
  /** QEMU numbers all windows from there on, so that a LIOBN has eight digits. */
  private static final long LEAST_LIOBN = 0x10000000L;

  /** No table has smaller pages; one that is disabled has none, and 0 here. */
  private static final long LEAST_PAGE_SHIFT = 12;

  private LastLine() {}

  /** True if the line that was just read up to its end has none. */
  static boolean hasNoEnd(TextCursor text) {
    return text.isAtEnd() && text.byteAt(text.position() - 1) != '\n';
  }

  /** True if the last number of such a line is less than any that QEMU writes there. */
  static boolean isCut(QemuEvent name, long last) {
    return switch (name) {
      case DDW_CREATE, DDW_REMOVE -> last < LEAST_LIOBN;
      case PRE_SAVE, POST_LOAD -> last > 0 && last < LEAST_PAGE_SHIFT;
      default -> false;
    };
  }

  /** The field that such a line does not tell: any number can stand last there, whole or not. */
  static int untold(QemuEvent name) {
    return switch (name) {
      case GET, PCI_GET -> Event.TCE;
      case XLATE, DDW_QUERY -> Event.PAGE_MASK;
      default -> 0;
    };
  }
}
