package io.tcescope.engine.check;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.LiveEntries;
import java.util.ArrayList;
import java.util.List;

/** What findings tell of the live entries of a window. */
final class InUse {
  private static final int WRITERS_SHOWN = 8;

  private final DmaWindow window;
  private final LiveEntries entries;

  private InUse(DmaWindow window) {
    this.window = window;
    this.entries = LiveEntries.of(window, WRITERS_SHOWN);
  }

  static InUse of(DmaWindow window) {
    return new InUse(window);
  }

  long live() {
    return entries.count();
  }

  /**
   * How many entries are live, for a message. Of a window of which entries are unknown, more may
   * be.
   */
  static String liveEntries(Draft draft) {
    return (draft.counted("unknown") > 0 ? "at least " : "") + "{live} live {live:entry|entries}";
  }

  /** Bus address of the first live entry. */
  long firstIoba() {
    return entries.firstIoba();
  }

  /** Bus address of the last live entry. */
  long lastIoba() {
    return entries.lastIoba();
  }

  /** Certain if at least one of the live entries is observed. */
  Confidence confidence() {
    return entries.anyObserved() ? Confidence.CERTAIN : Confidence.INFERRED;
  }

  /** Puts what is to be told of a window in use into a finding. */
  Draft describe(Draft draft) {
    draft
        .window(window)
        .atMost(confidence())
        .ioba(firstIoba())
        .data("live", live())
        .address("firstIoba", firstIoba())
        .address("lastIoba", lastIoba())
        .data("permissions", permissions())
        .data("writers", (long) entries.writers());
    if (entries.writers() > 0) {
      draft.data("firstWriter", entries.firstWriter()).data("lastWriter", entries.lastWriter());
    }
    return unknown(draft);
  }

  /** Adds another window to what is told of the first. */
  Draft add(Draft draft) {
    return unknown(draft.count("live", live()));
  }

  private Draft unknown(Draft draft) {
    return window.unknown() > 0 ? draft.count("unknown", window.unknown()) : draft;
  }

  /** Names the events that wrote the live entries, the first few and the last. */
  Draft witnesses(Draft draft) {
    for (LiveEntries.Written written : entries.firstWriters()) {
      draft.evidence(written.writer(), "wrote entries that were still live");
    }
    if (entries.writers() > WRITERS_SHOWN) {
      draft.evidence(
          entries.lastWriter(), "the last of " + entries.writers() + " writers of live entries");
    }
    return draft;
  }

  private List<Long> permissions() {
    List<Long> list = new ArrayList<>();
    for (long permission = 1; permission <= (Tce.READ | Tce.WRITE); permission++) {
      if ((entries.permissions() & 1 << permission) != 0) {
        list.add(permission);
      }
    }
    return list;
  }
}
