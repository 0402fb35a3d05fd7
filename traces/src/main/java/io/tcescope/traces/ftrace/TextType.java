package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.RecordType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A type of record as text has it: the names of its arguments come in one order in every record, so
 * each place remembers the name that stood there.
 */
final class TextType {
  private static final int PLACES = 24;

  /**
   * The name of an argument as it stands before its value.
   *
   * @param text the name and its equals sign
   * @param argument null if the name has no meaning
   */
  record Name(KnownText text, @Nullable Argument argument) {
    private static final Name NONE = new Name(KnownText.NONE, null);
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
  Name learn(int place, LineText text, long from, long equals) {
    KnownText known = KnownText.of(text, from, equals + 1);
    Name name = new Name(known, Argument.named(text.text(from, equals)));
    if (place < PLACES) {
      names[place] = name;
    }
    return name;
  }
}
