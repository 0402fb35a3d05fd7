package io.tcescope.queries.index;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataOutput;

/** Collects which areas of bus addresses the blocks of a chapter touch, and for which LIOBN. */
final class AreaWriter {
  /** Of LIOBNs beyond these is known only that they are another one. */
  static final int OTHERS = (1 << Areas.MOST_SUBJECT_BITS) - 1;

  /** Ranges of more areas than that are known by larger ones. */
  private static final int MOST_AREAS = 8;

  private long[] subjects = new long[16];
  private int subjectCount;
  private final long[][] keys = new long[Areas.LEVELS][64];
  private final int[] counts = new int[Areas.LEVELS];

  void clear() {
    subjectCount = 0;
    Arrays.fill(counts, 0);
  }

  /** Number of a LIOBN, from 1: 0 is for calls that name none. */
  int subject(long liobn) {
    for (int i = 0; i < subjectCount; i++) {
      if (subjects[i] == liobn) {
        return i + 1;
      }
    }
    if (subjectCount + 1 == OTHERS) {
      return OTHERS;
    }
    if (subjectCount == subjects.length) {
      subjects = Arrays.copyOf(subjects, 2 * subjectCount);
    }
    subjects[subjectCount++] = liobn;
    return subjectCount;
  }

  /**
   * An event of the block concerns the addresses from {@code first} to {@code last}; of an empty
   * window these stand in the other order.
   */
  void add(long first, long last, int subject, int block) {
    if (Long.compareUnsigned(first, last) > 0) {
      add(last, first, subject, block);
      return;
    }
    int level = 0;
    while (Areas.area(last, level) - Areas.area(first, level) >= MOST_AREAS) {
      level++;
    }
    long to = Areas.area(last, level);
    for (long area = Areas.area(first, level); area <= to; area++) {
      add(level, Areas.key(area, Areas.MOST_SUBJECT_BITS, subject, block));
    }
  }

  private void add(int level, long key) {
    int count = counts[level];
    if (count > 0 && keys[level][count - 1] == key) {
      return; // calls come in runs
    }
    if (count == keys[level].length) {
      keys[level] = Arrays.copyOf(keys[level], 2 * count);
    }
    keys[level][count] = key;
    counts[level] = count + 1;
  }

  void write(DataOutput out) throws IOException {
    out.writeVInt(subjectCount);
    for (int i = 0; i < subjectCount; i++) {
      out.writeZLong(subjects[i]);
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(subjectCount);
    out.writeByte((byte) bits);
    for (int level = 0; level < Areas.LEVELS; level++) {
      write(level, bits, out);
    }
  }

  /** Sorted keys in pieces, each with its first one in a table to search in. */
  private void write(int level, int bits, DataOutput out) throws IOException {
    long[] sorted = keys[level];
    int count = distinct(sorted, counts[level], bits);
    int pieces = Math.ceilDiv(count, Areas.PIECE);
    ByteBuffersDataOutput rest = new ByteBuffersDataOutput();
    out.writeVInt(count);
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * Areas.PIECE;
      out.writeLong(sorted[from]);
      out.writeInt((int) rest.size());
      for (int i = from + 1; i < Math.min(count, from + Areas.PIECE); i++) {
        rest.writeVLong(sorted[i] - sorted[i - 1]);
      }
    }
    out.writeVInt((int) rest.size());
    rest.copyTo(out);
  }

  /** Sorts the keys, drops doubles, and narrows the room for the LIOBN's number. */
  private static int distinct(long[] keys, int count, int bits) {
    Arrays.sort(keys, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || keys[i] != keys[i - 1]) {
        keys[distinct++] = keys[i];
      }
    }
    for (int i = 0; i < distinct; i++) {
      keys[i] = Areas.narrowed(keys[i], bits);
    }
    return distinct;
  }
}
