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
  private static final long MISSED = 1L << 31;
  private static final long MISSED_STORED = 1L << 30;

  /** The kernel keeps only 59 bits of an absolute time in a record. */
  private static final long UPPER_TIME = 0xf8L << 56;

  private final Words words;
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
  boolean damaged;

  RingBuffer(Words words, int cpu, int pageSize, int commitSize, int dataOffset) {
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
    return copy;
  }

  Words words() {
    return words;
  }

  long position() {
    return Math.min(page, words.size());
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
      if (!nextPage()) {
        return false;
      }
    }
  }

  private boolean nextPage() {
    page = begun ? page + pageSize : 0;
    begun = true;
    if (page + dataOffset > words.size()) {
      return false;
    }
    time = words.u64(page);
    long commit = words.number(page + 8, commitSize, false);
    next = page + dataOffset;
    long limit = Math.min(page + pageSize, words.size());
    end = next + (commit & LENGTH_MASK);
    if (end > limit) {
      damaged = true;
      end = limit;
    }
    if ((commit & MISSED) != 0) {
      boolean stored = (commit & MISSED_STORED) != 0 && end + commitSize <= limit;
      lost = stored ? words.number(end, commitSize, false) : -1;
    }
    return true;
  }

  /** Takes one header word; true if a record of data follows it. */
  private boolean step() {
    int header = words.s32(next);
    int type = words.bigEndian ? header >>> DELTA_BITS : header & ((1 << TYPE_BITS) - 1);
    long delta = words.bigEndian ? header & ((1 << DELTA_BITS) - 1) : header >>> TYPE_BITS;
    long array = next + 8 <= end ? words.u32(next + 4) : 0;
    switch (type) {
      case PADDING -> {
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
      damaged = true;
      next = end;
      return false;
    }
    next = (to + 3) & ~3L;
    return true;
  }
}
