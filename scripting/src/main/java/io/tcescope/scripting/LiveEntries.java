package io.tcescope.scripting;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.LiveVisitor;
import io.tcescope.engine.state.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live entries of a window at one moment, by the event that wrote them. */
final class LiveEntries {
  private final DmaWindow window;
  private final TreeMap<Long, Group> groups = new TreeMap<>();
  private long first = -1;
  private long last = -1;
  private int permissions;
  private boolean anyObserved;

  /** Entries of one writer. */
  private static final class Group {
    final long first;
    final boolean observed;
    long count;

    Group(long first, boolean observed) {
      this.first = first;
      this.observed = observed;
    }
  }

  private LiveEntries(DmaWindow window) {
    this.window = window;
  }

  static LiveEntries of(DmaWindow window) {
    LiveEntries entries = new LiveEntries(window);
    LiveVisitor.visit(window, entries::add);
    return entries;
  }

  private void add(long index, long tce, long mark) {
    if (first < 0) {
      first = index;
    }
    last = index;
    permissions |= 1 << Tce.permission(tce);
    anyObserved |= Mark.isObserved(mark);
    groups.computeIfAbsent(Mark.writer(mark), w -> new Group(index, Mark.isObserved(mark))).count++;
  }

  Object[] byWriter(int limit) {
    List<Object> cells = new ArrayList<>();
    groups.entrySet().stream()
        .filter(entry -> entry.getKey() > 0)
        .limit(limit)
        .forEach(
            entry -> {
              Group group = entry.getValue();
              cells.add(Hex.of(window.iobaOf(group.first)));
              cells.add((double) group.count);
              cells.add((double) entry.getKey());
              cells.add(group.observed ? "observed" : "inferred");
            });
    return cells.toArray();
  }

  @Nullable Object[] summary() {
    List<Long> writers = groups.keySet().stream().filter(writer -> writer > 0).toList();
    boolean any = first >= 0;
    return new @Nullable Object[] {
      any ? Hex.of(window.iobaOf(first)) : null,
      any ? Hex.of(window.iobaOf(last)) : null,
      permissions,
      writers.size(),
      writers.isEmpty() ? 0.0 : (double) writers.getFirst(),
      writers.isEmpty() ? 0.0 : (double) writers.getLast(),
      anyObserved
    };
  }
}
