package io.tcescope.scripting;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Sweep;
import java.util.Locale;
import org.graalvm.polyglot.HostAccess.Export;
import org.jspecify.annotations.Nullable;

/**
 * A window at one moment, for the prelude. Public, like its methods, only because the engine calls
 * nothing else; no script ever sees it.
 */
public final class WindowView {
  private final @Nullable Moment moment;
  private DmaWindow seen;
  private @Nullable IommuState from;
  private @Nullable LiveEntries live;

  /** A window as it is, and as it will be while it stays open. */
  WindowView(DmaWindow window) {
    this.moment = null;
    this.seen = window;
  }

  /** An open window at a moment. */
  WindowView(Moment moment, DmaWindow window) {
    this.moment = moment;
    this.seen = window;
    this.from = moment.state();
  }

  private DmaWindow window() {
    if (moment != null) {
      IommuState state = moment.state();
      if (state != from) {
        from = state;
        seen = state.window(seen.liobn());
      }
    }
    return seen;
  }

  @Export
  public long liobn() {
    return window().liobn();
  }

  @Export
  public int generation() {
    return window().generation();
  }

  @Export
  public String role() {
    return window().role().name().toLowerCase(Locale.ROOT);
  }

  @Export
  public String mapping() {
    return window().mapping().name().toLowerCase(Locale.ROOT);
  }

  @Export
  public long start() {
    return window().start();
  }

  @Export
  public long end() {
    return window().end();
  }

  @Export
  public int pageShift() {
    return window().pageShift();
  }

  @Export
  public double entries() {
    return window().entries();
  }

  /** 0 where the bridge is not known. */
  @Export
  public long buid() {
    return window().bridge().buid();
  }

  @Export
  public boolean isOpen() {
    return window().isOpen();
  }

  @Export
  public boolean hasGeometry() {
    return window().hasGeometry();
  }

  @Export
  public double openedBy() {
    return window().openedBy();
  }

  @Export
  public double mapped() {
    return window().mapped();
  }

  @Export
  public double unknown() {
    return window().unknown();
  }

  @Export
  public boolean covers(String address) {
    return window().covers(Hex.parse(address));
  }

  /** State, certainty, word, real address, permission and writer of an entry. */
  @Export
  public @Nullable Object[] entry(String address) {
    DmaWindow window = window();
    long index = window.indexOf(Hex.parse(address));
    if (!window.contains(index)) {
      return new @Nullable Object[] {"outside", "observed", null, null, 0, 0.0};
    }
    long mark = window.mark(index);
    String certainty = Mark.knowledge(mark).certainty().label();
    double writer = Mark.writer(mark);
    if (Mark.isUnknown(mark)) {
      return new @Nullable Object[] {"unknown", certainty, null, null, 0, writer};
    }
    long tce = window.tce(index);
    return new @Nullable Object[] {
      Tce.isMapped(tce) ? "mapped" : "clear",
      certainty,
      Hex.of(tce),
      Tce.isMapped(tce) ? Hex.of(Tce.realAddress(tce, window.pageShift())) : null,
      Tce.permission(tce),
      writer
    };
  }

  private LiveEntries entriesInUse() {
    LiveEntries found = live;
    if (found == null) {
      found = LiveEntries.of(window());
      live = found;
    }
    return found;
  }

  /** First address, pages, writer and certainty of the live entries, by their first writers. */
  @Export
  public Object[] live(int limit) {
    return entriesInUse().byWriter(limit);
  }

  /** First and last live address, permissions, writers, first and last of these, any observed. */
  @Export
  public @Nullable Object[] liveEdges() {
    return entriesInUse().summary();
  }

  @Export
  public WindowView beforeSweep() {
    DmaWindow before = window().inUse();
    return before == seen ? this : new WindowView(before);
  }

  /** Ordinal of the first clear of a sweep that is complete, 0 if there is none. */
  @Export
  public double sweepFirst() {
    Sweep sweep = window().sweep();
    return sweep.isComplete() ? sweep.firstEvent() : 0;
  }

  @Export
  public double sweepLast() {
    return window().sweep().lastEvent();
  }
}
