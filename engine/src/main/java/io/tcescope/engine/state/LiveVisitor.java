package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/**
 * Receives the live entries of a window, those known to have permission bits, in ascending order.
 */
@FunctionalInterface
public interface LiveVisitor {
  /** Entry {@code index} holds {@code tce}; the mark tells how that is known and who wrote it. */
  void entry(long index, long tce, long mark);

  /** Shows a window's live entries. */
  static void visit(DmaWindow window, LiveVisitor visitor) {
    if (window.mapped() == 0) {
      return;
    }
    window.visit(
        (first, count, value, step, mark) -> {
          for (long i = 0; i < count && !Mark.isUnknown(mark); i++) {
            long tce = value + i * step;
            if (Tce.isMapped(tce)) {
              visitor.entry(first + i, tce, mark);
            }
          }
        });
  }
}
