package io.tcescope.scripting;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.LiveVisitor;
import io.tcescope.engine.state.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live entries of a window at one moment, by the event that wrote them. */
final class LiveEntries {
  private static final int FEW = 64;

  private final DmaWindow window;
  private long first = -1;
  private long last = -1;
  private int permissions;
  private boolean anyObserved;

  /** Who wrote the entries, as far as that is known: at last each once, in ascending order. */
  private long[] writers = new long[FEW];

  private int known;

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
    entries.writers =
        Arrays.stream(entries.writers, 0, entries.known).sorted().distinct().toArray();
    return entries;
  }

  private void add(long index, long tce, long mark) {
    if (first < 0) {
      first = index;
    }
    last = index;
    permissions |= 1 << Tce.permission(tce);
    anyObserved |= Mark.isObserved(mark);
    long writer = Mark.writer(mark);
    if (writer == 0 || (known > 0 && writers[known - 1] == writer)) {
      return;
    }
    if (known == writers.length) {
      writers = Arrays.copyOf(writers, 2 * known);
    }
    writers[known++] = writer;
  }

  /** First address, number, writer and certainty of the entries of the first writers. */
  Object[] byWriter(int limit) {
    int shown = Math.min(limit, writers.length);
    List<Object> cells = new ArrayList<>();
    groups(shown == 0 ? 0 : writers[shown - 1])
        .forEach(
            (writer, group) -> {
              cells.add(Hex.of(window.iobaOf(group.first)));
              cells.add((double) group.count);
              cells.add((double) writer);
              cells.add(group.observed ? "observed" : "inferred");
            });
    return cells.toArray();
  }

  private NavigableMap<Long, Group> groups(long lastWriter) {
    TreeMap<Long, Group> groups = new TreeMap<>();
    LiveVisitor.visit(
        window,
        (index, tce, mark) -> {
          long writer = Mark.writer(mark);
          if (writer > 0 && writer <= lastWriter) {
            groups.computeIfAbsent(writer, w -> new Group(index, Mark.isObserved(mark))).count++;
          }
        });
    return groups;
  }

  @Nullable Object[] summary() {
    boolean any = first >= 0;
    return new @Nullable Object[] {
      any ? Hex.of(window.iobaOf(first)) : null,
      any ? Hex.of(window.iobaOf(last)) : null,
      permissions,
      writers.length,
      writers.length == 0 ? 0.0 : (double) writers[0],
      writers.length == 0 ? 0.0 : (double) writers[writers.length - 1],
      anyObserved
    };
  }
}
