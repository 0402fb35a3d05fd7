package io.tcescope.traces.tracedat;

import io.tcescope.traces.text.Characters;
import io.tcescope.traces.text.Octet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and strings in memory, in one byte order. */
final class MemoryWords implements Characters {
  // Constants, so that an access costs no more than the byte swap: a layout in a field is asked for
  // its properties at each access.
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final MemorySegment bytes;
  final boolean bigEndian;

  MemoryWords(MemorySegment bytes, boolean bigEndian) {
    this.bytes = bytes;
    this.bigEndian = bigEndian;
  }

  /** The same byte order in another piece of memory. */
  MemoryWords in(MemorySegment other) {
    return new MemoryWords(other, bigEndian);
  }

  long size() {
    return bytes.byteSize();
  }

  int u8(long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  int u16(long at) {
    short value = bytes.get(U16, at);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  int s32(long at) {
    int value = bytes.get(U32, at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  long u32(long at) {
    return s32(at) & 0xffff_ffffL;
  }

  long u64(long at) {
    long value = bytes.get(U64, at);
    return bigEndian ? Long.reverseBytes(value) : value;
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

  @Override
  public long word(long place) {
    return Octet.at(bytes, place);
  }

  @Override
  public String text(long from, long to) {
    byte[] copy = bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
