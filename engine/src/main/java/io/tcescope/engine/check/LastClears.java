package io.tcescope.engine.check;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Mark;

/** Clears from the oldest to the newest; nearly all of a table's are older than those kept. */
final class LastClears {
  /** Is shown a clear: who made it, and the first entry of it. */
  interface Visitor {
    void clear(long writer, long index);
  }

  /** So many clears are kept. */
  static final int KEPT = 16;

  private final long openedBy;
  private final long[] writers = new long[KEPT];
  private final long[] indexes = new long[KEPT];
  private int size;

  LastClears(long openedBy) {
    this.openedBy = openedBy;
  }

  void stretch(long first, long count, long value, long step, long mark) {
    long writer = Mark.writer(mark);
    boolean full = size == KEPT;
    if (writer <= (full ? writers[0] : openedBy) || Mark.isUnknown(mark) || Tce.isMapped(value)) {
      return;
    }
    int at = size;
    while (at > 0 && writers[at - 1] > writer) {
      at--;
    }
    if (at == 0 || writers[at - 1] != writer) {
      insert(at, writer, first, full);
    }
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.clear(writers[i], indexes[i]);
    }
  }

  /** Where all places are taken, the oldest goes. */
  private void insert(int place, long writer, long index, boolean full) {
    int at = full ? place - 1 : place;
    if (full) {
      move(1, 0, at);
    } else {
      move(at, at + 1, size++ - at);
    }
    writers[at] = writer;
    indexes[at] = index;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(writers, from, writers, to, count);
    System.arraycopy(indexes, from, indexes, to, count);
  }
}
