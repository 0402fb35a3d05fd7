package io.tcescope.engine.state;

/**
 * The bits beside a table entry's value: how it is known, whether a guest allocation starts there
 * or goes on, and which event wrote it. Bits 0..4 are the {@link Knowledge}, bits 5 and 6 the place
 * in an allocation, the rest the ordinal of the writer, 0 for none.
 */
public final class Mark {
  /** Observed clear since the window was opened: what a fresh table holds. */
  static final long FRESH = 0;

  private static final int WRITER_SHIFT = 7;
  private static final long KNOWLEDGE_BITS = 31;
  private static final long START_BIT = 1 << 5;
  private static final long CONTINUES_BIT = 1 << 6;
  private static final long ALLOCATION_BITS = START_BIT | CONTINUES_BIT;
  private static final int FIRST_UNKNOWN = Knowledge.NEVER_SEEN.code();

  private Mark() {}

  static long of(Knowledge knowledge, long writer) {
    return writer << WRITER_SHIFT | knowledge.code();
  }

  /** A live entry at which an allocation begins. */
  static long starting(long mark) {
    return (mark & ~ALLOCATION_BITS) | START_BIT;
  }

  /** A live entry that belongs to the same allocation as the one before it. */
  static long continuing(long mark) {
    return (mark & ~ALLOCATION_BITS) | CONTINUES_BIT;
  }

  /** The mark with the place in an allocation that another one has. */
  static long placedLike(long mark, long other) {
    return (mark & ~ALLOCATION_BITS) | (other & ALLOCATION_BITS);
  }

  /** True if a guest allocation begins at the entry, as far as the calls tell. */
  public static boolean isStart(long mark) {
    return (mark & START_BIT) != 0;
  }

  /** True if the entry and the one before it were mapped by one allocation and both are live. */
  static boolean isContinuation(long mark) {
    return (mark & CONTINUES_BIT) != 0;
  }

  public static boolean isUnknown(long mark) {
    return (mark & KNOWLEDGE_BITS) >= FIRST_UNKNOWN;
  }

  public static boolean isObserved(long mark) {
    return (mark & KNOWLEDGE_BITS) == 0;
  }

  public static Knowledge knowledge(long mark) {
    return Knowledge.of((int) (mark & KNOWLEDGE_BITS));
  }

  /** Ordinal of the event that wrote the entry last, 0 if none did since the window was opened. */
  public static long writer(long mark) {
    return mark >>> WRITER_SHIFT;
  }
}
