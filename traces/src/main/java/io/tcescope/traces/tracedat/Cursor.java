package io.tcescope.traces.tracedat;

import io.tcescope.traces.format.UnreadableRecordingException;
import java.lang.foreign.MemorySegment;

/** Reads the parts of a header one after the other; a header that ends too early is no header. */
final class Cursor {
  private final MemoryWords words;
  private long at;

  Cursor(MemoryWords words, long at) {
    this.words = words;
    this.at = at;
  }

  long position() {
    return at;
  }

  boolean isAtEnd() {
    return at >= words.size();
  }

  int u8() throws UnreadableRecordingException {
    return words.u8(take(1));
  }

  int u16() throws UnreadableRecordingException {
    return words.u16(take(2));
  }

  long u32() throws UnreadableRecordingException {
    return words.u32(take(4));
  }

  long u64() throws UnreadableRecordingException {
    return words.u64(take(8));
  }

  /** A string and its NUL. */
  String string() throws UnreadableRecordingException {
    long end = words.endOfString(at, words.size());
    String text = words.text(take(end - at), end);
    take(1);
    return text;
  }

  String text(long length) throws UnreadableRecordingException {
    long from = take(length);
    return words.text(from, from + length);
  }

  MemorySegment bytes(long length) throws UnreadableRecordingException {
    return words.bytes.asSlice(take(length), length);
  }

  /** Goes on behind so many bytes; says where they begin. */
  long take(long length) throws UnreadableRecordingException {
    if (length < 0 || length > words.size() - at) {
      throw new UnreadableRecordingException("trace.dat whose header is cut off");
    }
    long from = at;
    at += length;
    return from;
  }
}
