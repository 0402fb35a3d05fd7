package io.tcescope.engine.state;

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
    window.table.visitLive(visitor);
  }
}
