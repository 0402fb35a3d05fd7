package io.tcescope.engine.state;

/**
 * A window of which role, place or size turn out to be others than was assumed: the same window
 * still, with the same generation, and of its entries what is known by bus address.
 */
final class Relocation {
  private Relocation() {}

  /** The window as it is, nothing known of its entries yet. */
  static DmaWindow of(Windows windows, DmaWindow assumed, Role role, Extent extent, Geometry how) {
    DmaWindow window =
        new DmaWindow(
            assumed.liobn(),
            assumed.generation(),
            assumed.bridge(),
            role,
            assumed.openedBy(),
            extent,
            how);
    window.provedBy = assumed.provedBy;
    window.peakMapped = assumed.peakMapped;
    windows.replace(assumed, window);
    return window;
  }

  /**
   * The window as it was at an earlier moment, its entries by the indexes that they have in the
   * place known since.
   */
  static DmaWindow seenIn(DmaWindow was, DmaWindow now) {
    if (was.start() == now.start() && was.pageShift() == now.pageShift()) {
      return was;
    }
    DmaWindow placed =
        new DmaWindow(
            was.liobn(),
            was.generation(),
            was.bridge(),
            was.role(),
            was.openedBy(),
            now.extent(),
            now.geometry());
    carryOver(was, placed, was.openedBy());
    return placed;
  }

  /** Entries known by bus address keep what is known of them in the window's true geometry. */
  static void carryOver(DmaWindow from, DmaWindow to, long event) {
    if (from.hasGeometry() && from.pageShift() != to.pageShift()) {
      to.forget(Knowledge.START_NOT_RECORDED, event); // lists were laid out too closely
      return;
    }
    long background = from.table().background();
    if (Mark.isUnknown(background)) {
      to.forget(Mark.knowledge(background), Mark.writer(background));
    }
    TableEditor editor = new TableEditor(new Change());
    from.visit(
        (first, count, value, step, mark) -> {
          if (mark == background) {
            return; // nothing was told of these since the window was there
          }
          if (count > Leaf.SIZE) { // more than a guest writes at once is not worth the work
            to.forget(Knowledge.START_NOT_RECORDED, event);
            return;
          }
          for (long i = 0; i < count; i++) {
            long index = to.indexOf(from.iobaOf(first + i));
            if (!to.contains(index) || Mark.writer(mark) < Mark.writer(to.mark(index))) {
              continue;
            }
            if (Mark.isUnknown(mark)) {
              editor.forget(to, index, 1, mark);
            } else {
              editor.write(to, index, value + i * step, mark);
            }
          }
        });
  }
}
