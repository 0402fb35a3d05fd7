package io.tcescope.traces.tracedat;

import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The sections of a file of version 7, which are found by their places and may be packed. */
final class Sections {
  private static final int COMPRESSED = 1;

  private final MemoryWords words;
  private final String compression;
  private final int pageSize;

  /** What is wrong with them, as far as they can be read all the same. */
  private final List<String> damages;

  Sections(MemoryWords words, String compression, int pageSize, List<String> damages) {
    this.words = words;
    this.compression = compression;
    this.pageSize = pageSize;
    this.damages = damages;
  }

  /** The contents, unpacked, of the section of that kind at that place. */
  Cursor contents(long at, int kind) throws UnreadableRecordingException {
    Cursor in = new Cursor(words, 0);
    boolean packed = isPacked(at, kind, in);
    in.u32();
    long size = in.u64();
    MemorySegment contents = packed ? chunk(in) : in.bytes(size);
    return new Cursor(words.in(contents), 0);
  }

  /** True if the records of the section of that kind at that place are packed. */
  boolean isPacked(long at, int kind) throws UnreadableRecordingException {
    return isPacked(at, kind, new Cursor(words, 0));
  }

  private static boolean isPacked(long at, int kind, Cursor in)
      throws UnreadableRecordingException {
    in.take(at);
    int found = in.u16();
    if (found != kind) {
      throw new UnreadableRecordingException(
          "trace.dat with no section " + kind + " at byte " + at + ", where one belongs");
    }
    return (in.u16() & COMPRESSED) != 0;
  }

  private MemorySegment chunk(Cursor in) throws UnreadableRecordingException {
    long packed = in.u32();
    long unpacked = in.u32();
    byte[] data = in.bytes(packed).toArray(ValueLayout.JAVA_BYTE);
    return MemorySegment.ofArray(Packing.unpack(compression, data, unpacked));
  }

  /** Packed records of a processor: an empty page stands for those of a damaged chunk. */
  MemorySegment chunks(long at, long size) throws UnreadableRecordingException {
    if (size == 0) {
      return MemorySegment.NULL;
    }
    Cursor in = new Cursor(words, 0);
    in.take(at);
    long count = in.u32();
    List<MemorySegment> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long next = in.position();
      try {
        long length = in.u32();
        in.take(4 + length);
        parts.add(chunk(new Cursor(words, next)));
      } catch (UnreadableRecordingException damaged) {
        damages.add(damaged.getMessage() + " at byte " + next);
        parts.add(MemorySegment.ofArray(new byte[pageSize]));
        if (in.position() <= next + 4) {
          break; // Where the next one begins is not known.
        }
      }
    }
    return Packing.join(parts);
  }
}
