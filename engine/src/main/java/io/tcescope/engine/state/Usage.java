package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;

/**
 * How the guest fills a window: 1:1 (bus address = start + physical address), or as its allocator
 * hands entries out. The first mapping decides, and the first after the window was swept decides
 * anew: a kernel that kexec starts clears a 1:1 window and uses it as any other. Both kinds in one
 * window, kept apart at a power of two, are a hybrid window (Linux 6.11+).
 */
public final class Usage {
  private static final int READ_WRITE = Tce.READ | Tce.WRITE;
  private static final long FULL_CHUNK = 512;

  /** Of larger windows the traffic is not counted: they do not fill up by it. */
  private static final long LARGEST_COUNTED = 4096;

  private Mapping mapping = Mapping.UNDECIDED;
  private long lastIdentity = -1;
  private boolean mixed;
  private int sweeps;
  private long reads;
  private long entriesMapped;
  private long entriesCleared;
  private long fullestAt;

  // The last mapping call, which the next may continue: one allocation of more than 512 pages.
  private long nextIndex = -1;
  private long nextTce;
  private long lastThread;

  Usage copy() {
    Usage copy = new Usage();
    copy.mapping = mapping;
    copy.lastIdentity = lastIdentity;
    copy.mixed = mixed;
    copy.sweeps = sweeps;
    copy.reads = reads;
    copy.entriesMapped = entriesMapped;
    copy.entriesCleared = entriesCleared;
    copy.fullestAt = fullestAt;
    copy.nextIndex = nextIndex;
    copy.nextTce = nextTce;
    copy.lastThread = lastThread;
    return copy;
  }

  public Mapping mapping() {
    return mapping;
  }

  /** True if entries that are not 1:1 were written into the 1:1 part of a direct window. */
  public boolean isMixed() {
    return mixed;
  }

  void noteRead() {
    reads++;
  }

  /** How many entries the guest has read back. */
  public long reads() {
    return reads;
  }

  /** Counts what a call mapped and cleared, in a small window only. */
  void count(DmaWindow window, Change change) {
    if (window.entries <= LARGEST_COUNTED) {
      entriesMapped += change.mapped;
      entriesCleared += change.cleared;
    }
  }

  /** Entries of a small window that were mapped so far, each as often as it was. */
  public long entriesMapped() {
    return entriesMapped;
  }

  /** Entries of a small window that were cleared so far, each as often as it was. */
  public long entriesCleared() {
    return entriesCleared;
  }

  void noteFullest(long event) {
    fullestAt = event;
  }

  /** The event since which the window never held more than then. */
  public long fullestAt() {
    return fullestAt;
  }

  /** Takes note of a mapped entry; true if the kind of mapping changed. */
  boolean note(DmaWindow window, long index, long tce, boolean fromList) {
    if (sweeps != window.sweep().timesCompleted()) {
      startAnew(window.sweep().timesCompleted());
    }
    if (!fromList && (mapping == Mapping.DYNAMIC || mapping == Mapping.HYBRID)) {
      return false; // a single entry says nothing more of such a window
    }
    boolean identity =
        Tce.permission(tce) == READ_WRITE
            && Tce.realAddress(tce, window.pageShift()) == index << window.pageShift();
    if (identity && fromList) {
      return noteIdentity(index);
    }
    return !identity && noteOther(index);
  }

  private void startAnew(int sweptTimes) {
    sweeps = sweptTimes;
    mapping = Mapping.UNDECIDED;
    lastIdentity = -1;
    mixed = false;
  }

  private boolean noteIdentity(long index) {
    lastIdentity = Math.max(lastIdentity, index);
    if (mapping != Mapping.UNDECIDED) {
      return false;
    }
    mapping = Mapping.DIRECT;
    return true;
  }

  private boolean noteOther(long index) {
    if (mapping == Mapping.DYNAMIC || mapping == Mapping.HYBRID) {
      return false;
    }
    if (mapping == Mapping.UNDECIDED) {
      mapping = Mapping.DYNAMIC;
      return true;
    }
    if (index > lastIdentity && index >= Long.highestOneBit(Math.max(1, lastIdentity)) << 1) {
      mapping = Mapping.HYBRID;
      return true;
    }
    boolean news = !mixed;
    mixed = true;
    return news;
  }

  /**
   * True if a list that starts there goes on with the allocation of the call before it: that one
   * was a full chunk, and both bus and real addresses go on (RULES.md L3).
   */
  boolean continues(long index, long firstTce, long thread) {
    return index == nextIndex && firstTce == nextTce && thread == lastThread;
  }

  /** Remembers a mapping call; only a full chunk can be continued. */
  void mapped(long first, long count, long lastTce, int pageShift, long thread) {
    nextIndex = count == FULL_CHUNK ? first + count : -1;
    nextTce = lastTce + (1L << pageShift);
    lastThread = thread;
  }
}
