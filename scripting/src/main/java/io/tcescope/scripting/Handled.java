package io.tcescope.scripting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which event a rule has in hands. The prelude notes its progress in a buffer, for a rule that was
 * stopped cannot be asked any more.
 */
final class Handled {
  private final EventBatch rows;
  private final IntBuffer selected;
  private final List<Subscription> batches;
  private final ByteBuffer progress =
      ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
  private @Nullable Subscription batch;
  private boolean begun;

  /**
   * Before the first event.
   *
   * @param selected the rows that are handed over
   * @param batches what has columns of its own
   */
  Handled(EventBatch rows, IntBuffer selected, List<Subscription> batches) {
    this.rows = rows;
    this.selected = selected;
    this.batches = batches;
  }

  /** Where the prelude writes which of the selected rows it is at. */
  Object progress() {
    return progress;
  }

  /** The selected rows are handed over now, one by one. */
  void rows() {
    begun = true;
    batch = null;
    progress.putInt(0, 0);
  }

  /** A handler's own columns are handed over now, as a whole. */
  void batch(Subscription whole) {
    begun = true;
    batch = whole;
  }

  /** The event, 0 if there is none, or no single one. */
  long event() {
    return begun && batch == null
        ? rows.event(selected.get(progress.getInt(0)) >> ScriptRule.SELECTED_SHIFT)
        : 0;
  }

  /** The first event that was not handled to its end, 0 if none was handed over. */
  long from() {
    Subscription whole = batch;
    long from = whole == null ? event() : whole.first();
    for (Subscription other : batches) {
      if (other.isWaiting()) {
        from = Math.min(from, other.first());
      }
    }
    return from;
  }
}
