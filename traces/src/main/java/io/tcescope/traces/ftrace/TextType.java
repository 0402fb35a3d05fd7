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
  private static final long NONE_LACKED = -1;

  /**
   * The name of an argument as it stands before its value.
   *
   * @param text the name and its equals sign
   * @param argument null if the name has no meaning
   */
  record Name(KnownText text, @Nullable Argument argument) {
    private static final Name NONE = new Name(KnownText.NONE, null);

    /** The argument in a mask, 0 if the name has no meaning. */
    long bit() {
      return argument == null ? 0 : argument.bit();
    }
  }

  private final RecordType type;
  private final boolean isProbe;
  private final Name[] names = new Name[PLACES];
  private int meaningful = PLACES;

  /** Arguments that records of this type have, and those of a record that lacked some. */
  private long arguments;

  private long fewer = NONE_LACKED;

  /** The name with its system, up to the colon behind it. */
  KnownText label = KnownText.NONE;

  /** The type of the record that came behind one of this type last: likely to come so again. */
  @Nullable TextType follower;

  TextType(RecordType type) {
    this.type = type;
    isProbe =
        type.shape() == RecordType.Shape.PROBE_ENTRY
            || type.shape() == RecordType.Shape.PROBE_RETURN;
    Arrays.fill(names, Name.NONE);
  }

  RecordType type() {
    return type;
  }

  /** The name that was the n-th of an earlier record. */
  Name name(int place) {
    return place < PLACES ? names[place] : Name.NONE;
  }

  /**
   * True if no argument with a meaning stands at that place or behind, in a record that is like the
   * one before so far: a probe always prints the same arguments.
   */
  boolean isReadAt(int place) {
    return isProbe && place >= meaningful;
  }

  /** A record was read to its end, which is as far as arguments of a probe go. */
  void isRead() {
    meaningful = 0;
    for (int place = 0; place < PLACES; place++) {
      meaningful = names[place].argument() != null ? place + 1 : meaningful;
    }
  }

  /**
   * True if a record that tells those arguments tells all that the records before it did. Two in a
   * row that lack the same are a probe that is defined anew.
   */
  boolean isWhole(long told) {
    boolean whole = (told & arguments) == arguments || told == fewer;
    fewer = whole ? NONE_LACKED : told;
    arguments = whole ? told : arguments;
    return whole;
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
