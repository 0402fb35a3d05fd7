package io.tcescope.engine.check;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.LiveVisitor;
import io.tcescope.engine.state.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The live entries of a window at one moment: how many, where, and who wrote them. */
final class InUse {
  private static final int WRITERS_SHOWN = 8;

  private final DmaWindow window;

  /** The events that wrote the entries; ascending and without doubles once all are known. */
  private long[] writers = {};

  private int writerCount;
  private long live;
  private long observed;
  private long first;
  private long last;
  private int permissions;
  private long lastWriter;

  private InUse(DmaWindow window) {
    this.window = window;
  }

  static InUse of(DmaWindow window) {
    InUse inUse = new InUse(window);
    LiveVisitor.visit(window, inUse::add);
    inUse.writers = inUse.distinctWriters();
    return inUse;
  }

  private void add(long index, long tce, long mark) {
    if (live++ == 0) {
      first = index;
    }
    last = index;
    permissions |= 1 << Tce.permission(tce);
    if (Mark.isObserved(mark)) {
      observed++;
    }
    long writer = Mark.writer(mark);
    if (writer != lastWriter && writer > 0) {
      lastWriter = writer;
      if (writerCount == writers.length) {
        writers = Arrays.copyOf(writers, Math.max(16, 2 * writerCount));
      }
      writers[writerCount++] = writer;
    }
  }

  private long[] distinctWriters() {
    long[] sorted = Arrays.copyOf(writers, writerCount);
    Arrays.sort(sorted);
    int distinct = 0;
    for (long writer : sorted) {
      if (distinct == 0 || sorted[distinct - 1] != writer) {
        sorted[distinct++] = writer;
      }
    }
    return Arrays.copyOf(sorted, distinct);
  }

  long live() {
    return live;
  }

  /** Bus address of the first live entry. */
  long firstIoba() {
    return window.iobaOf(first);
  }

  /** Bus address of the last live entry. */
  long lastIoba() {
    return window.iobaOf(last);
  }

  /** Certain if at least one of the live entries is observed. */
  Confidence confidence() {
    return observed > 0 ? Confidence.CERTAIN : Confidence.INFERRED;
  }

  /** Puts what the catalogue wants told of a window in use into a finding. */
  Draft describe(Draft draft) {
    draft
        .window(window)
        .atMost(confidence())
        .ioba(firstIoba())
        .data("live", live)
        .address("firstIoba", firstIoba())
        .address("lastIoba", lastIoba())
        .data("permissions", permissions())
        .data("writers", (long) writers.length);
    if (writers.length > 0) {
      draft.data("firstWriter", writers[0]).data("lastWriter", writers[writers.length - 1]);
    }
    if (window.unknown() > 0) {
      draft.data("unknown", window.unknown());
    }
    return draft;
  }

  /** Names the events that wrote the live entries, the first few and the last. */
  Draft witnesses(Draft draft) {
    int shown = Math.min(writers.length, WRITERS_SHOWN);
    for (int i = 0; i < shown; i++) {
      draft.evidence(writers[i], "wrote entries that were still live");
    }
    if (writers.length > WRITERS_SHOWN) {
      long last = writers[writers.length - 1];
      draft.evidence(last, "the last of " + writers.length + " writers of live entries");
    }
    return draft;
  }

  private List<Long> permissions() {
    List<Long> list = new ArrayList<>();
    for (long permission = 1; permission <= (Tce.READ | Tce.WRITE); permission++) {
      if ((permissions & 1 << permission) != 0) {
        list.add(permission);
      }
    }
    return list;
  }
}
