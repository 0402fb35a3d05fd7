package io.tcescope.engine.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the current event did to the state. Reused like the event, and valid as long; the windows it
 * names may be kept.
 */
public final class Change {
  /** Why a window came or went. */
  public enum Cause {
    NONE,
    /** The emulator's start. */
    BOOT,
    CREATE,
    REMOVE,
    RESET,
    /** The platform gave the default window back when the last other one went. */
    AUTO_RESTORE,
    MACHINE_RESET,
    PLUG,
    UNPLUG,
    /** A record says that the window exists. */
    DECLARED,
    /** A call succeeded on a window that nothing announced. */
    ASSUMED,
    MIGRATION,
    /** A contradiction proves that it changed unseen. */
    HOLE
  }

  private final List<DmaWindow> opened = new ArrayList<>(4);
  private final List<DmaWindow> closed = new ArrayList<>(4);
  private final List<DmaWindow> openedView = Collections.unmodifiableList(opened);
  private final List<DmaWindow> closedView = Collections.unmodifiableList(closed);

  private long ordinal;
  int signals;

  /** The signals that what was written deserves, if the call succeeded. */
  int written;

  DmaWindow window = DmaWindow.NONE;
  Cause cause = Cause.NONE;
  long first;
  long pages;
  boolean placeKnown;
  long mapped;
  long remapped;
  long permissionChanged;
  long rewritten;
  long rewrittenMark;
  long cleared;
  long alreadyClear;
  long formerlyUnknown;
  long firstRemapped;
  long oldTce;
  long newTce;
  long oldMark;
  long readMark;
  long firstUnmapped;
  long unmappedMark;
  boolean cutsFront;
  boolean cutsBack;
  boolean tookWhole;
  long lookedUp;
  String contradiction = "";
  long lastProof;

  void begin(long event) {
    ordinal = event;
    signals = 0;
    written = 0;
    window = DmaWindow.NONE;
    cause = Cause.NONE;
    first = 0;
    pages = 0;
    placeKnown = false;
    forgetCounts();
    formerlyUnknown = 0;
    readMark = Mark.FRESH;
    if (!opened.isEmpty()) {
      opened.clear();
    }
    if (!closed.isEmpty()) {
      closed.clear();
    }
  }

  /** Ordinal of the event. */
  long eventOrdinal() {
    return ordinal;
  }

  /** What was counted was no write but news of what is there. */
  void forgetCounts() {
    mapped = 0;
    remapped = 0;
    permissionChanged = 0;
    rewritten = 0;
    cleared = 0;
    alreadyClear = 0;
  }

  void signal(int bits) {
    signals |= bits;
  }

  /** The call touches (or would touch) that many entries from that index on. */
  void range(long firstIndex, long count) {
    first = firstIndex;
    pages = count;
    placeKnown = true;
  }

  void open(DmaWindow newWindow, Cause why) {
    opened.add(newWindow);
    window = newWindow;
    cause = why;
    signals |= Signal.OPENED;
  }

  void close(DmaWindow goneWindow, Cause why) {
    closed.add(goneWindow);
    window = goneWindow;
    cause = why;
    goneWindow.closedFor = why;
    signals |= Signal.CLOSED;
  }

  void replace(DmaWindow account, DmaWindow same) {
    opened.replaceAll(one -> one == account ? same : one);
    window = same;
  }

  void contradict(String what, long provedBy) {
    contradiction = what;
    lastProof = provedBy;
    signals |= Signal.CONTRADICTED;
  }

  /** The {@link Signal}s of the event. */
  public int signals() {
    return signals;
  }

  public boolean has(int anyOfSignals) {
    return (signals & anyOfSignals) != 0;
  }

  /**
   * The window the event is about: touched, opened or closed last; {@link DmaWindow#NONE} if none.
   */
  public DmaWindow window() {
    return window;
  }

  /** Windows that this event opened; most events have none. */
  public List<DmaWindow> opened() {
    return openedView;
  }

  /** Windows that this event closed, each with its entries as they were when it went. */
  public List<DmaWindow> closed() {
    return closedView;
  }

  /** Those of them that went for that reason: an event may show several things at once. */
  public List<DmaWindow> closed(Cause why) {
    return closed.isEmpty()
        ? List.of()
        : closed.stream().filter(window -> window.closedFor() == why).toList();
  }

  /** Why windows were opened or closed; of the last one, if there were several. */
  public Cause cause() {
    return cause;
  }

  /** True if {@link #first()} and {@link #pages()} are known. */
  public boolean placeKnown() {
    return placeKnown;
  }

  /** Index of the first entry the call touches, or would touch had it not failed. */
  public long first() {
    return first;
  }

  /** Entries changed, or set to what they were: what the call really wrote. */
  public long pages() {
    return pages;
  }

  /** Entries that went from known unmapped to mapped. */
  public long mapped() {
    return mapped;
  }

  /** Live entries that got another page. */
  public long remapped() {
    return remapped;
  }

  public long permissionChanged() {
    return permissionChanged;
  }

  /** Live entries that got the value they had. */
  public long rewritten() {
    return rewritten;
  }

  /** How the first of them was known before. */
  public long rewrittenMark() {
    return rewrittenMark;
  }

  /** Entries that went from mapped to unmapped. */
  public long cleared() {
    return cleared;
  }

  /** Entries known to be unmapped that were cleared all the same. */
  public long alreadyClear() {
    return alreadyClear;
  }

  /** Written entries of which nothing was known before. */
  public long formerlyUnknown() {
    return formerlyUnknown;
  }

  /** Index of the first live entry that was overwritten (remapped, or with other permissions). */
  public long firstRemapped() {
    return firstRemapped;
  }

  /** What that entry held. */
  public long oldTce() {
    return oldTce;
  }

  /** What it holds now. */
  public long newTce() {
    return newTce;
  }

  /** How that old value was known, and who wrote it ({@link Mark}). */
  public long oldMark() {
    return oldMark;
  }

  /** How an entry was known that a read showed to be mapped and of which nothing was known. */
  public long readMark() {
    return readMark;
  }

  /** Index of the first entry that was cleared although it was unmapped. */
  public long firstUnmapped() {
    return firstUnmapped;
  }

  /** How that entry was known to be unmapped, and who cleared it before ({@link Mark}). */
  public long unmappedMark() {
    return unmappedMark;
  }

  /** True if a clear began inside an allocation; meaningful with {@link Signal#CUT_ALLOCATION}. */
  public boolean cutsFront() {
    return cutsFront;
  }

  /** True if a clear that cut an allocation had taken another one whole before. */
  public boolean tookWhole() {
    return tookWhole;
  }

  /** True if a clear ended inside an allocation; meaningful with {@link Signal#CUT_ALLOCATION}. */
  public boolean cutsBack() {
    return cutsBack;
  }

  /** Index of the entry a device looked up. */
  public long lookedUp() {
    return lookedUp;
  }

  /** The last event that proved what a contradiction disproves, 0 if none did. */
  public long lastProof() {
    return lastProof;
  }

  /** What is wrong, in words; meaningful with {@link Signal#CONTRADICTED}. */
  public String contradiction() {
    return contradiction;
  }
}
