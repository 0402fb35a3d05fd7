package io.tcescope.engine.state;

import io.tcescope.engine.event.Tce;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The live entries of a window at one moment: how many, where, and which events wrote them. Finding
 * them looks through the whole table once.
 */
public final class LiveEntries {
  private static final int FEW = 64;
  private static final long[] NONE = {};

  /** A bit for each takes 16 times the memory of a writer then. */
  private static final int EVENTS_PER_WRITER = 1024;

  private final DmaWindow window;
  private final int writersShown;
  private final NavigableMap<Long, Written> firstWriters = new TreeMap<>();

  /** Writers as they come, those in a row once. */
  private long[] writers = new long[FEW];

  private int collected;
  private int writerCount;
  private long firstWriter;
  private long lastWriter;
  private long count;
  private boolean anyObserved;
  private long first;
  private long last;
  private int permissions;

  /** The entries that one event wrote. */
  public static final class Written {
    private final long writer;
    private final long ioba;
    private final boolean isObserved;
    private long pages;

    private Written(long writer, long ioba, boolean isObserved) {
      this.writer = writer;
      this.ioba = ioba;
      this.isObserved = isObserved;
    }

    /** Ordinal of the event. */
    public long writer() {
      return writer;
    }

    /** Bus address of the first of them. */
    public long ioba() {
      return ioba;
    }

    /** How many of them are still live. */
    public long pages() {
      return pages;
    }

    /** True if the first of them was read from the recording and not inferred. */
    public boolean isObserved() {
      return isObserved;
    }
  }

  private LiveEntries(DmaWindow window, int writersShown) {
    this.window = window;
    this.writersShown = writersShown;
  }

  /** The live entries of a window as it is; of so many writers it is told what each wrote. */
  public static LiveEntries of(DmaWindow window, int writersShown) {
    LiveEntries entries = new LiveEntries(window, writersShown);
    Stretch.live(window, entries::add);
    entries.countWriters();
    return entries;
  }

  private void add(Stretch stretch) {
    if (count == 0) {
      first = stretch.first();
    }
    count += stretch.count();
    last = stretch.last();
    permissions |= 1 << Tce.permission(stretch.tce());
    anyObserved |= Mark.isObserved(stretch.mark());
    long writer = Mark.writer(stretch.mark());
    if (writer > 0) {
      add(writer, stretch);
    }
  }

  private void add(long writer, Stretch stretch) {
    if (collected == 0 || writers[collected - 1] != writer) {
      if (collected == writers.length) {
        writers = Arrays.copyOf(writers, 2 * collected);
      }
      firstWriter = collected == 0 ? writer : Math.min(firstWriter, writer);
      lastWriter = Math.max(lastWriter, writer);
      writers[collected++] = writer;
    }
    if (firstWriters.size() < writersShown || writer <= firstWriters.lastKey()) {
      show(writer, stretch);
    }
  }

  /** Whoever is pushed out by earlier writers will not be among the first any more. */
  private void show(long writer, Stretch stretch) {
    long ioba = window.iobaOf(stretch.first());
    boolean isObserved = Mark.isObserved(stretch.mark());
    firstWriters.computeIfAbsent(writer, w -> new Written(w, ioba, isObserved)).pages +=
        stretch.count();
    if (firstWriters.size() > writersShown) {
      firstWriters.pollLastEntry();
    }
  }

  /** Counts each writer once: by a bit for every event, unless they are few and far between. */
  private void countWriters() {
    long span = lastWriter - firstWriter + 1;
    if (span <= Math.min(Integer.MAX_VALUE, EVENTS_PER_WRITER * (long) collected)) {
      BitSet bits = new BitSet((int) span);
      for (int i = 0; i < collected; i++) {
        bits.set((int) (writers[i] - firstWriter));
      }
      writerCount = bits.cardinality();
    } else {
      writerCount = (int) Arrays.stream(writers, 0, collected).distinct().count();
    }
    writers = NONE;
  }

  /** How many entries are live. */
  public long count() {
    return count;
  }

  /** Bus address of the first live entry; only if there is one. */
  public long firstIoba() {
    return window.iobaOf(first);
  }

  /** Bus address of the last live entry; only if there is one. */
  public long lastIoba() {
    return window.iobaOf(last);
  }

  /** Bit {@code p} is set if an entry has the permission {@code p}. */
  public int permissions() {
    return permissions;
  }

  /** True if at least one of the entries was read from the recording. */
  public boolean anyObserved() {
    return anyObserved;
  }

  /** How many events wrote them; entries from before the recording have no writer. */
  public int writers() {
    return writerCount;
  }

  /** Ordinal of the first writer, 0 if there is none. */
  public long firstWriter() {
    return firstWriter;
  }

  /** Ordinal of the last writer, 0 if there is none. */
  public long lastWriter() {
    return lastWriter;
  }

  /** What each of the first writers wrote. */
  public List<Written> firstWriters() {
    return List.copyOf(firstWriters.values());
  }
}
