package io.tcescope.engine.check;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The live entries of a window at one moment: how many, where, and who wrote them. */
final class InUse {
  private static final int WRITERS_SHOWN = 8;

  private final DmaWindow window;
  private final TreeSet<Long> writers = new TreeSet<>();
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
    if (window.mapped() > 0) {
      window.visit(inUse::add);
    }
    return inUse;
  }

  private void add(long from, long count, long value, long step, long mark) {
    if (Mark.isUnknown(mark)) {
      return;
    }
    for (long i = 0; i < count; i++) {
      long tce = value + i * step;
      if (Tce.isMapped(tce)) {
        add(from + i, tce, mark);
      }
    }
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
      writers.add(writer);
    }
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
        .data("writers", (long) writers.size());
    if (!writers.isEmpty()) {
      draft.data("firstWriter", writers.first()).data("lastWriter", writers.last());
    }
    if (window.unknown() > 0) {
      draft.data("unknown", window.unknown());
    }
    return draft;
  }

  /** Names the events that wrote the live entries, the first few and the last. */
  Draft witnesses(Draft draft) {
    int shown = 0;
    for (long writer : writers) {
      if (shown++ == WRITERS_SHOWN) {
        break;
      }
      draft.evidence(writer, "wrote entries that were still live");
    }
    if (writers.size() > WRITERS_SHOWN) {
      draft.evidence(writers.last(), "the last of " + writers.size() + " writers of live entries");
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
