package io.tcescope.scripting;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.LiveEntries;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.graalvm.polyglot.HostAccess.Export;
import org.jspecify.annotations.Nullable;

/**
 * A window at one moment, for the prelude. Public, like its methods, only because the engine calls
 * nothing else; no script ever sees it.
 */
public final class WindowView {
  /**
   * Writers that are kept with the live entries, so that who asks for more than another is served.
   */
  private static final int COMMON = 8;

  private final @Nullable StateAfter moment;
  private final boolean isCopy;
  private DmaWindow seen;
  private @Nullable IommuState from;
  private @Nullable LiveEntries live;
  private int liveShown;
  private @Nullable WindowView beforeSweep;

  /** A window as it is, and as it will be while it stays open. */
  WindowView(DmaWindow window) {
    this(window, false);
  }

  private WindowView(DmaWindow window, boolean isCopy) {
    this.moment = null;
    this.isCopy = isCopy;
    this.seen = window;
  }

  /** An open window at a moment. */
  WindowView(StateAfter moment, DmaWindow window) {
    this.moment = moment;
    this.isCopy = false;
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
  public String geometry() {
    return window().geometry().name().toLowerCase(Locale.ROOT);
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

  /**
   * The live entries: first and last address, permissions, writers, first and last of these, any
   * observed; then first address, pages, writer and certainty of those of the first writers.
   */
  @Export
  public @Nullable Object[] live(int limit) {
    LiveEntries entries = live;
    if (entries == null || limit > liveShown || !isSettled()) {
      liveShown = Math.max(limit, COMMON);
      entries = LiveEntries.of(window(), liveShown);
      live = entries;
    }
    List<@Nullable Object> cells = new ArrayList<>();
    boolean any = entries.count() > 0;
    cells.add(any ? Hex.of(entries.firstIoba()) : null);
    cells.add(any ? Hex.of(entries.lastIoba()) : null);
    cells.add(entries.permissions());
    cells.add(entries.writers());
    cells.add((double) entries.firstWriter());
    cells.add((double) entries.lastWriter());
    cells.add(entries.anyObserved());
    entries.firstWriters().stream().limit(limit).forEach(written -> tell(written, cells));
    return cells.toArray();
  }

  private static void tell(LiveEntries.Written written, List<@Nullable Object> cells) {
    cells.add(Hex.of(written.ioba()));
    cells.add((double) written.pages());
    cells.add((double) written.writer());
    cells.add(written.isObserved() ? "observed" : "inferred");
  }

  /** True where nothing changes what is live any more, so that all who ask share the answer. */
  private boolean isSettled() {
    return moment == null && (isCopy || !seen.isOpen());
  }

  @Export
  public WindowView beforeSweep() {
    WindowView view = beforeSweep;
    if (view == null) {
      DmaWindow before = window().inUse();
      view = before == seen ? this : new WindowView(before, true);
      beforeSweep = isSettled() ? view : null;
    }
    return view;
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
