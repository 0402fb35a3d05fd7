package io.tcescope.traces.simpletrace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The 24 bytes a simpletrace file begins with: a word of ones, a magic number, a version (QEMU
 * {@code trace/simple.c}, struct TraceLogHeader), in the byte order of the host that wrote it.
 */
record FileHeader(boolean bigEndian, long version) {
  static final long LENGTH = 24;

  private static final long ALL_ONES = -1;
  private static final long MAGIC = 0xf2b177cb0aa429b4L;
  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The header of these bytes, null if they do not begin with one. */
  static @Nullable FileHeader of(MemorySegment bytes) {
    if (bytes.byteSize() < LENGTH || bytes.get(LITTLE_ENDIAN, 0) != ALL_ONES) {
      return null;
    }
    long magic = bytes.get(LITTLE_ENDIAN, 8);
    long version = bytes.get(LITTLE_ENDIAN, 16);
    if (magic == MAGIC) {
      return new FileHeader(false, version);
    }
    return magic == Long.reverseBytes(MAGIC)
        ? new FileHeader(true, Long.reverseBytes(version))
        : null;
  }

  /** From version 4 on a word before each record says whether it is an event or a name. */
  boolean namesEvents() {
    return version >= 4;
  }

  boolean isSupported() {
    return version >= 2 && version <= 4;
  }
}
