package io.tcescope.queries.language;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import java.util.List;

/**
 * What an event means in the state in which it happened: where it began, which addresses it
 * concerns, which window, what it did. A reused row, like the event it belongs to.
 */
public final class EventFacts {
  private List<String> files = List.of();
  private long firstTime = Event.NO_TIME;

  private boolean startKnown;
  private long start;
  private boolean pagesKnown;
  private long pages;
  private boolean rangeKnown;
  private long first;
  private long last;
  private int signals;
  private int generation;
  private long windowLiobn;
  private long buid;
  private boolean placed;
  private long windowStart;
  private long windowLast;
  private int pageShift;
  private List<String> findings = List.of();

  /** Facts of a run: its files, for {@link QueryField#FILE}. */
  public EventFacts ofRun(List<String> runFiles, long timeOfFirstEvent) {
    files = runFiles;
    firstTime = timeOfFirstEvent;
    return this;
  }

  /** Nothing is known about the event but what it says itself. */
  public EventFacts clear() {
    startKnown = false;
    pagesKnown = false;
    rangeKnown = false;
    signals = 0;
    generation = 0;
    windowLiobn = 0;
    buid = 0;
    placed = false;
    windowStart = 0;
    windowLast = 0;
    pageShift = 0;
    findings = List.of();
    return this;
  }

  /** The facts that follow from what the event changed. */
  public EventFacts of(Event event, Change change) {
    clear();
    noteTime(event);
    DmaWindow window = change.window();
    window(window.liobn(), window.generation(), window.bridge().buid());
    return startOf(event, change).resolved(event);
  }

  /** Only what it did and where it began; all else stays as it is. */
  EventFacts startOf(Event event, Change change) {
    startKnown = false;
    placed = false;
    signals(change.signals());
    DmaWindow window = change.window();
    if (window != DmaWindow.NONE && window.hasGeometry()) {
      place(window.start(), window.end() - 1, window.pageShift());
    }
    startByRecord(event);
    if (event.has(Event.IOBA_IS_END) && event.pages() != 0 && change.placeKnown()) {
      start(window.iobaOf(change.first()));
    }
    return this;
  }

  /** The first time stamp of the run is where elapsed times count from. */
  public void noteTime(Event event) {
    if (firstTime == Event.NO_TIME) {
      firstTime = event.time();
    }
  }

  /** The start as far as the record and the window's place tell it. */
  public EventFacts startByRecord(Event event) {
    if (event.has(Event.IOBA_IS_RELATIVE)) {
      if (event.has(Event.IOBA) && placed) {
        start(windowStart + event.ioba());
      }
    } else if (event.has(Event.IOBA_IS_END)) {
      if (event.pages() == 0) {
        start(event.ioba());
      }
    } else if (event.has(Event.IOBA)) {
      start(event.ioba());
    } else if (event.has(Event.TCE_NUMBER) && placed) {
      start(event.tceNumber() << pageShift);
    }
    return this;
  }

  /** Where a call began that ended at {@code end} after some pages of the placed window. */
  public long countedBack(long end, long count) {
    long entries = ((end - 1 - windowStart) >>> pageShift) + 1;
    return windowStart + ((entries - count) << pageShift);
  }

  /** Completes the facts from the start, the window's place and the record. */
  public EventFacts resolved(Event event) {
    resolvePages(event);
    if (startKnown) {
      range(
          Reach.first(event, start, pageShift),
          Reach.last(event, start, pagesKnown ? pages : 1, pageShift));
    } else if (placed && isAboutWindow(event.kind())) {
      range(windowStart, windowLast);
    }
    return this;
  }

  private void resolvePages(Event event) {
    if (event.kind() == EventKind.H_PUT_TCE || event.kind() == EventKind.H_GET_TCE) {
      pages(1);
    } else if (event.has(Event.PAGES)) {
      boolean indexOnly = event.has(Event.LIST_LAST_ONLY) && !event.succeeded();
      if (!indexOnly) {
        pages(event.pages());
      }
    }
  }

  private static boolean isAboutWindow(EventKind kind) {
    return switch (kind.group()) {
      case DDW -> kind != EventKind.QUERY_PE_DMA_WINDOW;
      case TABLE -> kind != EventKind.NEW_TABLE;
      case TCE, DEVICE, GUEST, PLATFORM, RECORD -> false;
    };
  }

  public EventFacts start(long address) {
    startKnown = true;
    start = address;
    return this;
  }

  public EventFacts pages(long count) {
    pagesKnown = true;
    pages = count;
    return this;
  }

  public EventFacts range(long firstAddress, long lastAddress) {
    rangeKnown = true;
    first = firstAddress;
    last = lastAddress;
    return this;
  }

  public EventFacts signals(int bits) {
    signals = bits;
    return this;
  }

  /** The window the event is about; generation 0 if there is none, buid 0 if not known. */
  public EventFacts window(long liobn, int windowGeneration, long ofBuid) {
    windowLiobn = liobn;
    generation = windowGeneration;
    buid = ofBuid;
    return this;
  }

  /** The window lies there, so addresses can be told; otherwise its place is not known. */
  public EventFacts place(long firstAddress, long lastAddress, int shift) {
    placed = true;
    windowStart = firstAddress;
    windowLast = lastAddress;
    pageShift = shift;
    return this;
  }

  /** True if the place of the window is known, which the next three methods tell. */
  public boolean placed() {
    return placed;
  }

  public long windowStart() {
    return windowStart;
  }

  public long windowLast() {
    return windowLast;
  }

  public int pageShift() {
    return pageShift;
  }

  /** Rules whose findings point at the event. */
  public EventFacts findings(List<String> rules) {
    findings = rules;
    return this;
  }

  public boolean startKnown() {
    return startKnown;
  }

  /** Bus address at which the call began. */
  public long start() {
    return start;
  }

  public boolean pagesKnown() {
    return pagesKnown;
  }

  /** Pages of the table that the call names. */
  public long pages() {
    return pages;
  }

  public boolean rangeKnown() {
    return rangeKnown;
  }

  /** First bus address that the event concerns. */
  public long first() {
    return first;
  }

  /** Last bus address that the event concerns, itself included. */
  public long last() {
    return last;
  }

  /** What the event did, as bits of {@link io.tcescope.engine.state.Signal}. */
  public int signals() {
    return signals;
  }

  /** Generation of the window, 0 if the event is about none. */
  public int generation() {
    return generation;
  }

  public long windowLiobn() {
    return windowLiobn;
  }

  /** BUID of the window's bridge, 0 if not known. */
  public long buid() {
    return buid;
  }

  public List<String> findings() {
    return findings;
  }

  public List<String> files() {
    return files;
  }

  /** Time of the first event that has one, {@link Event#NO_TIME} before that. */
  public long firstTime() {
    return firstTime;
  }

  boolean covers(long from, long to) {
    return rangeKnown
        && Long.compareUnsigned(first, to) <= 0
        && Long.compareUnsigned(from, last) <= 0;
  }
}
