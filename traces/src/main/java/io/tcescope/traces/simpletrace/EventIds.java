package io.tcescope.traces.simpletrace;

import io.tcescope.traces.qemulog.QemuEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which event each number in the file stands for; the numbers differ from build to build. */
final class EventIds {
  /** Builds have a few thousand events; a larger number is looked up the slow way. */
  private static final int DENSE = 1 << 16;

  /**
   * An event of the recording's build.
   *
   * @param event what it is, null if it is none of the pSeries machine's
   */
  record Entry(String name, @Nullable QemuEvent event) {}

  private @Nullable Entry[] dense = new @Nullable Entry[1 << 13];
  private final Map<Long, Entry> sparse = new HashMap<>();

  EventIds() {}

  /** A copy that goes its own way. */
  EventIds(EventIds other) {
    dense = other.dense.clone();
    sparse.putAll(other.sparse);
  }

  void name(long id, String name) {
    Entry entry = new Entry(name, QemuEvent.of(name));
    if (id < 0 || id >= DENSE) {
      sparse.put(id, entry);
      return;
    }
    int index = (int) id;
    if (index >= dense.length) {
      dense = Arrays.copyOf(dense, Math.max(2 * dense.length, index + 1));
    }
    dense[index] = entry;
  }

  /** The event of a number, null if no name was recorded for it. */
  @Nullable Entry get(long id) {
    return id >= 0 && id < dense.length ? dense[(int) id] : sparse.get(id);
  }
}
