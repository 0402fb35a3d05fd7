package io.tcescope.queries.index;

import java.io.IOException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BitUtil;
import org.apache.lucene.util.BytesRef;

/**
 * Which blocks of a chapter touch an area of bus addresses. Areas are of several sizes, 64 KiB and
 * 16 times as much from level to level, so that a range of any length touches only a few.
 *
 * <p>A key is an area, the number of a LIOBN, and a block; the keys of a level are sorted.
 */
final class Areas {
  static final int MOST_SUBJECT_BITS = 9;

  /** Keys between two of the table that is searched. */
  static final int PIECE = 64;

  private static final int FINEST = 16;
  private static final int STEP = 4;

  /** The coarsest level is one area. */
  static final int LEVELS = (Long.SIZE - FINEST) / STEP + 1;

  private static final int BLOCK_BITS = 6;
  private static final int ROW = Long.BYTES + Integer.BYTES;

  private final byte[] bytes;
  private final int subjectBits;
  private final long[] subjects;
  private final int[] keyCounts = new int[LEVELS];
  private final int[] tables = new int[LEVELS];
  private final int[] pieces = new int[LEVELS];

  private Areas(ByteArrayDataInput in, byte[] bytes) throws IOException {
    this.bytes = bytes;
    subjects = new long[in.readVInt()];
    for (int i = 0; i < subjects.length; i++) {
      subjects[i] = in.readZLong();
    }
    subjectBits = in.readByte();
    for (int level = 0; level < LEVELS; level++) {
      keyCounts[level] = in.readVInt();
      tables[level] = in.getPosition();
      in.skipBytes((long) ROW * pieces(level));
      int length = in.readVInt();
      pieces[level] = in.getPosition();
      in.skipBytes(length);
    }
  }

  static Areas read(BytesRef from) throws IOException {
    return new Areas(new ByteArrayDataInput(from.bytes, from.offset, from.length), from.bytes);
  }

  /** The area of a level that an address is in. */
  static long area(long address, int level) {
    return level == LEVELS - 1 ? 0 : address >>> (FINEST + STEP * level);
  }

  static long key(long area, int subjectBits, int subject, int block) {
    return ((area << subjectBits | subject) << BLOCK_BITS) | block;
  }

  /** A key with the widest room for the LIOBN's number as one with less. */
  static long narrowed(long key, int subjectBits) {
    long area = key >>> (MOST_SUBJECT_BITS + BLOCK_BITS);
    long rest = key & ((1L << (subjectBits + BLOCK_BITS)) - 1);
    return area << (subjectBits + BLOCK_BITS) | rest;
  }

  /** Blocks, one bit each, with events that may concern an address of the range. */
  long blocks(long from, long to) {
    return blocks(from, to, -1);
  }

  /** The same for events that name a LIOBN. */
  long blocksOf(long liobn, long from, long to) {
    for (int i = 0; i < subjects.length; i++) {
      if (subjects[i] == liobn) {
        return blocks(from, to, i + 1);
      }
    }
    return subjects.length + 1 == AreaWriter.OTHERS ? blocks(from, to, AreaWriter.OTHERS) : 0;
  }

  private long blocks(long from, long to, int subject) {
    long blocks = 0;
    for (int level = 0; level < LEVELS; level++) {
      if (keyCounts[level] > 0) {
        long first = key(area(from, level), subjectBits, 0, 0);
        long last = key(area(to, level) + 1, subjectBits, 0, 0) - 1;
        blocks |= blocks(level, first, last, subject);
      }
    }
    return blocks;
  }

  private long blocks(int level, long first, long last, int subject) {
    long blocks = 0;
    for (int piece = pieceOf(level, first); piece < pieces(level); piece++) {
      long key = head(level, piece);
      int at = pieces[level] + (int) BitUtil.VH_LE_INT.get(bytes, row(level, piece) + Long.BYTES);
      ByteArrayDataInput in = new ByteArrayDataInput(bytes, at, bytes.length - at);
      int left = Math.min(PIECE, keyCounts[level] - piece * PIECE);
      while (key <= last) {
        if (key >= first && isOf(key, subject)) {
          blocks |= 1L << key;
        }
        if (--left == 0) {
          break;
        }
        key += in.readVLong();
      }
      if (key > last) {
        break;
      }
    }
    return blocks;
  }

  private boolean isOf(long key, int subject) {
    int its = (int) (key >>> BLOCK_BITS) & ((1 << subjectBits) - 1);
    return subject < 0 || its == subject || its == AreaWriter.OTHERS;
  }

  private int pieces(int level) {
    return Math.ceilDiv(keyCounts[level], PIECE);
  }

  private int row(int level, int piece) {
    return tables[level] + ROW * piece;
  }

  private long head(int level, int piece) {
    return (long) BitUtil.VH_LE_LONG.get(bytes, row(level, piece));
  }

  /** The last piece that does not begin behind the key, or the first. */
  private int pieceOf(int level, long key) {
    int low = 0;
    int high = pieces(level) - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (head(level, middle) <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
