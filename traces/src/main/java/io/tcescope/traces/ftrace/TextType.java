package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.RecordType;
import io.tcescope.traces.text.Octet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A type of record as text has it: the names of its arguments come in one order in every record, so
 * each place remembers the name that stood there.
 */
final class TextType {
  private static final int PLACES = 24;

  /** The name of an argument as it stands before its value, equals sign included. */
  static final class Name {
    private static final Name NONE = new Name(new long[0], 0, null);

    private final long[] words;
    private final int length;
    private final @Nullable Argument argument;

    private Name(long[] words, int length, @Nullable Argument argument) {
      this.words = words;
      this.length = length;
      this.argument = argument;
    }

    /** Characters, equals sign included. */
    int length() {
      return length;
    }

    /** What it means, null if nothing. */
    @Nullable Argument argument() {
      return argument;
    }

    private static Name of(MemorySegment bytes, long from, long equals) {
      int length = (int) (equals + 1 - from);
      long[] words = new long[(length + Octet.LENGTH - 1) / Octet.LENGTH];
      for (int i = 0; i < words.length; i++) {
        int place = i * Octet.LENGTH;
        words[i] = Octet.at(bytes, from + place) & Octet.mask(length - place);
      }
      byte[] name = bytes.asSlice(from, equals - from).toArray(ValueLayout.JAVA_BYTE);
      return new Name(words, length, Argument.named(new String(name, StandardCharsets.ISO_8859_1)));
    }

    /** True if it stands there. */
    boolean isAt(MemorySegment bytes, long at) {
      int left = length;
      for (int i = 0; i < words.length; i++, left -= Octet.LENGTH) {
        long there = Octet.at(bytes, at + (long) i * Octet.LENGTH) & Octet.mask(left);
        if (there != words[i]) {
          return false;
        }
      }
      return left < length;
    }
  }

  private final RecordType type;
  private final Name[] names = new Name[PLACES];

  TextType(RecordType type) {
    this.type = type;
    Arrays.fill(names, Name.NONE);
  }

  RecordType type() {
    return type;
  }

  /** The name that was the n-th of an earlier record. */
  Name name(int place) {
    return place < PLACES ? names[place] : Name.NONE;
  }

  /** Remembers a name; its equals sign stands at {@code equals}. */
  Name learn(int place, MemorySegment bytes, long from, long equals) {
    Name name = Name.of(bytes, from, equals);
    if (place < PLACES) {
      names[place] = name;
    }
    return name;
  }
}
