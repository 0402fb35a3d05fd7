package io.tcescope.traces.tracedat;

/**
 * The records of one processor in the pages of the kernel's ring buffer ({@code
 * kernel/trace/ring_buffer.c}): each page has a time and a length, each record a header word of
 * type and time since the one before.
 */
final class RingBuffer {
  private static final int PADDING = 29;
  private static final int TIME_EXTEND = 30;
  private static final int TIME_STAMP = 31;
  private static final int TYPE_BITS = 5;
  private static final int DELTA_BITS = 27;
  private static final long LENGTH_MASK = (1L << 27) - 1;

  /** A record that fills the rest of a page without a length: there is no room for one. */
  private static final int SMALLEST = 8;

  private static final long MISSED = 1L << 31;
  private static final long MISSED_STORED = 1L << 30;

  /** The kernel keeps only 59 bits of an absolute time in a record. */
  private static final long UPPER_TIME = 0xf8L << 56;

  private final MemoryWords words;
  private final int pageSize;
  private final int commitSize;
  private final int dataOffset;
  final int cpu;

  private long page;
  private long next;
  private long end;
  private boolean begun;

  /** Of the current record. */
  long time;

  long from;
  long to;

  /** Records missing before the current one, negative if it is not known how many, 0 if none. */
  long lost;

  /** Set if a page or record does not fit its place; the rest of that page is skipped. */
  private boolean damaged;

  RingBuffer(MemoryWords words, int cpu, int pageSize, int commitSize, int dataOffset) {
    this.words = words;
    this.cpu = cpu;
    this.pageSize = pageSize;
    this.commitSize = commitSize;
    this.dataOffset = dataOffset;
  }

  /** A reader of the same records that goes on from where this one is. */
  RingBuffer copy() {
    RingBuffer copy = new RingBuffer(words, cpu, pageSize, commitSize, dataOffset);
    copy.page = page;
    copy.next = next;
    copy.end = end;
    copy.begun = begun;
    copy.time = time;
    copy.from = from;
    copy.to = to;
    copy.lost = lost;
    copy.damaged = damaged;
    return copy;
  }

  MemoryWords words() {
    return words;
  }

  long position() {
    return Math.min(page, words.size());
  }

  /** True if damage was met since it was asked last. */
  boolean takeDamage() {
    boolean taken = damaged;
    damaged = false;
    return taken;
  }

  /** Goes to the next record; false behind the last. */
  boolean advance() {
    lost = 0;
    while (true) {
      while (begun && next + 4 <= end) {
        if (step()) {
          return true;
        }
      }
      if (begun && next != end) {
        damage();
      }
      if (!nextPage()) {
        return false;
      }
    }
  }

  /** What is left of the page cannot be read: nobody knows how many records that is. */
  private void damage() {
    damaged = true;
    lost = -1;
    next = end;
  }

  private boolean nextPage() {
    page = begun ? page + pageSize : 0;
    begun = true;
    long limit = Math.min(page + pageSize, words.size());
    next = Math.min(page + dataOffset, limit);
    end = next;
    if (page + dataOffset > words.size()) {
      if (page < words.size()) {
        damage();
      }
      return false;
    }
    long begin = words.u64(page);
    long commit = words.number(page + 8, commitSize, false);
    end = Math.min(next + (commit & LENGTH_MASK), limit);
    boolean misses = (commit & MISSED) != 0;
    boolean stored = misses && (commit & MISSED_STORED) != 0 && end + commitSize <= limit;
    if (!isPage(begin, commit, limit, stored ? end + commitSize : end)) {
      damage();
    } else if (misses && lost == 0) {
      lost = stored ? words.number(end, commitSize, false) : -1;
    }
    time = begin;
    return true;
  }

  /**
   * True if a page can begin at that time, not before the last record, and have such a length: the
   * kernel clears what is behind its last record.
   */
  private boolean isPage(long begin, long commit, long limit, long behind) {
    boolean isLater = begin != 0 && Long.compareUnsigned(begin, time) >= 0;
    boolean fits = page + dataOffset + (commit & LENGTH_MASK) <= limit;
    boolean isKnown = (commit & ~(LENGTH_MASK | MISSED | MISSED_STORED)) == 0;
    return isLater && fits && isKnown && (behind + 4 > limit || words.s32(behind) == 0);
  }

  /** Takes one header word; true if a record of data follows it. */
  private boolean step() {
    int header = words.s32(next);
    int type = words.bigEndian ? header >>> DELTA_BITS : header & ((1 << TYPE_BITS) - 1);
    long delta = words.bigEndian ? header & ((1 << DELTA_BITS) - 1) : header >>> TYPE_BITS;
    long array = next + 8 <= end ? words.u32(next + 4) : 0;
    switch (type) {
      case PADDING -> {
        if (delta == 0 && end - next > SMALLEST) {
          damage();
          return false;
        }
        next = delta == 0 ? end : next + 4 + array;
        time += delta;
        return false;
      }
      case TIME_EXTEND -> {
        time += delta + (array << DELTA_BITS);
        next += 8;
        return false;
      }
      case TIME_STAMP -> {
        time = (time & UPPER_TIME) | (delta + (array << DELTA_BITS));
        next += 8;
        return false;
      }
      case 0 -> {
        from = next + 8;
        to = next + 4 + array;
      }
      default -> {
        from = next + 4;
        to = from + 4L * type;
      }
    }
    time += delta;
    if (to > end || to < from) {
      damage();
      return false;
    }
    next = (to + 3) & ~3L;
    return true;
  }
}
