package io.tcescope.traces.simpletrace;

import io.tcescope.traces.qemulog.QemuEvent;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Where the fields of a record stand in the file (QEMU {@code trace/simple.c}). */
final class Records {
  /** Number, time, length and process of an event record, before its arguments. */
  static final int HEADER = 24;

  /** Number of the record that says how many records were lost before it. */
  static final long DROPPED = -2;

  static final int NAME = 0;
  static final int EVENT = 1;
  static final int BROKEN = 2;

  /** QEMU's trace buffer takes no larger record ({@code TRACE_BUF_LEN}). */
  private static final int LONGEST = 1 << 16;

  private static final int LONGEST_NAME = 512;
  private static final int NAME_HEADER = 20;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt HALF =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final long size;
  private final boolean bigEndian;

  /** Bytes of the word before each record: its type, from version 4 on. */
  final int typeLength;

  Records(MemorySegment bytes, FileHeader header) {
    this.bytes = bytes;
    this.size = bytes.byteSize();
    this.bigEndian = header.bigEndian();
    this.typeLength = header.namesEvents() ? Long.BYTES : 0;
  }

  long size() {
    return size;
  }

  MemorySegment bytes() {
    return bytes;
  }

  /** Eight bytes, which must be inside the file. */
  long word(long offset) {
    long word = bytes.get(WORD, offset);
    return bigEndian ? Long.reverseBytes(word) : word;
  }

  /** The first words of a record's arguments: as many as there are, or as the room holds. */
  int words(long from, int count, long[] words) {
    int taken = Math.min(count, words.length);
    for (int i = 0; i < taken; i++) {
      words[i] = word(from + (long) Long.BYTES * i);
    }
    return taken;
  }

  /** Four bytes, which must be inside the file. */
  int half(long offset) {
    int half = bytes.get(HALF, offset);
    return bigEndian ? Integer.reverseBytes(half) : half;
  }

  /** {@link #NAME}, {@link #EVENT}, or {@link #BROKEN} if neither begins here. */
  int type(long record) {
    if (typeLength == 0) {
      return EVENT;
    }
    long type = word(record);
    return type == NAME || type == EVENT ? (int) type : BROKEN;
  }

  /**
   * True if all fields before the arguments, or before a name's characters, are inside the file.
   */
  boolean hasHeader(long record) {
    return record + typeLength + HEADER <= size;
  }

  boolean hasNameHeader(long record) {
    return record + NAME_HEADER <= size;
  }

  long id(long record) {
    return word(record + typeLength);
  }

  long time(long record) {
    return word(record + typeLength + 8);
  }

  /** Length from the number on, arguments included. */
  int length(long record) {
    return half(record + typeLength + 16);
  }

  int process(long record) {
    return half(record + typeLength + 20);
  }

  boolean isPlausible(int length) {
    return length >= HEADER && length <= LONGEST;
  }

  int nameLength(long record) {
    return half(record + 16);
  }

  boolean isPlausibleName(int length) {
    return length > 0 && length <= LONGEST_NAME;
  }

  String name(long record) {
    return text(record + NAME_HEADER, nameLength(record));
  }

  String text(long offset, int length) {
    byte[] copy = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }

  byte octet(long offset) {
    return bytes.get(ValueLayout.JAVA_BYTE, offset);
  }

  long afterName(long record) {
    return record + NAME_HEADER + nameLength(record);
  }

  long argumentsOf(long record) {
    return record + typeLength + HEADER;
  }

  long after(long record) {
    return record + typeLength + length(record);
  }

  /** Where the next event record of a known name begins behind a broken one, or the file's end. */
  long nextGood(long broken, EventIds ids) {
    for (long at = broken + 1; hasHeader(at); at++) {
      if (type(at) == EVENT && isPlausible(length(at)) && isKnown(at, ids)) {
        return at;
      }
    }
    return size;
  }

  private boolean isKnown(long record, EventIds ids) {
    if (after(record) > size) {
      return false;
    }
    EventIds.Entry entry = ids.get(id(record));
    if (entry == null) {
      return id(record) == DROPPED && length(record) == HEADER + Long.BYTES;
    }
    QemuEvent event = entry.event();
    return event != null && length(record) - HEADER == Long.BYTES * event.numbers();
  }
}
