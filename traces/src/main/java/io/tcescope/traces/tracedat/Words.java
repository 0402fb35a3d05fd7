package io.tcescope.traces.tracedat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and strings in memory, in one byte order. */
final class Words {
  final MemorySegment bytes;
  final boolean bigEndian;
  private final ValueLayout.OfShort u16;
  private final ValueLayout.OfInt u32;
  private final ValueLayout.OfLong u64;

  Words(MemorySegment bytes, boolean bigEndian) {
    ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.bytes = bytes;
    this.bigEndian = bigEndian;
    u16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    u32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    u64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
  }

  /** The same byte order in another piece of memory. */
  Words in(MemorySegment other) {
    return new Words(other, bigEndian);
  }

  long size() {
    return bytes.byteSize();
  }

  int u8(long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  int u16(long at) {
    return bytes.get(u16, at) & 0xffff;
  }

  int s32(long at) {
    return bytes.get(u32, at);
  }

  long u32(long at) {
    return bytes.get(u32, at) & 0xffff_ffffL;
  }

  long u64(long at) {
    return bytes.get(u64, at);
  }

  /** A number of 1, 2, 4 or 8 bytes. */
  long number(long at, int length, boolean signed) {
    return switch (length) {
      case 1 -> signed ? (byte) u8(at) : u8(at);
      case 2 -> signed ? (short) u16(at) : u16(at);
      case 4 -> signed ? s32(at) : u32(at);
      case 8 -> u64(at);
      default -> 0;
    };
  }

  /** Where the string that begins there ends: at its NUL, or at {@code limit}. */
  long endOfString(long at, long limit) {
    long end = at;
    while (end < limit && u8(end) != 0) {
      end++;
    }
    return end;
  }

  String text(long from, long to) {
    byte[] copy = bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
