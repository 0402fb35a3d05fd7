package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.RecordType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A type of record as text has it: the names of its arguments come in one order in every record, so
 * each place remembers which argument its name was.
 */
final class TextType {
  private static final int PLACES = 24;

  private final RecordType type;
  private final byte[][] names = new byte[PLACES][];
  private final @Nullable Argument[] arguments = new Argument[PLACES];

  TextType(RecordType type) {
    this.type = type;
  }

  RecordType type() {
    return type;
  }

  /** The argument whose name stands there, as the n-th of its record; null if it has no meaning. */
  @Nullable Argument argument(int place, MemorySegment bytes, long from, long to) {
    if (place >= PLACES) {
      return named(copy(bytes, from, to));
    }
    if (!isThere(names[place], bytes, from, to)) {
      names[place] = copy(bytes, from, to);
      arguments[place] = named(names[place]);
    }
    return arguments[place];
  }

  private static byte[] copy(MemorySegment bytes, long from, long to) {
    return bytes.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
  }

  private static @Nullable Argument named(byte[] name) {
    return Argument.named(new String(name, StandardCharsets.ISO_8859_1));
  }

  private static boolean isThere(byte @Nullable [] name, MemorySegment bytes, long from, long to) {
    if (name == null || name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, from + i) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
