package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payloads of {@code name=value} pairs: those of probes and of most trace points. */
final class PairsText {
  /** The one word of a payload that is no pair: more segments than the record has room for. */
  private static final byte[] TRUNCATED = "[TRUNCATED]".getBytes(StandardCharsets.US_ASCII);

  private static final long NO_DIRECTION = -1;

  private static final Map<String, Long> DIRECTIONS =
      Map.of("BIDIRECTIONAL", 0L, "TO_DEVICE", 1L, "FROM_DEVICE", 2L, "NONE", 3L);

  private final LineText text;
  private final Interned<Long> directions =
      new Interned<>(name -> DIRECTIONS.getOrDefault(name, NO_DIRECTION));

  PairsText(LineText text) {
    this.text = text;
  }

  /**
   * Reads pairs up to the end of the line.
   *
   * @param bareHex numbers are hexadecimal without 0x, except sizes
   * @return false if they are not whole, or arguments are missing that records of the type have
   */
  boolean read(TextType type, GuestRecord record, boolean bareHex) {
    if (text.here() == '(') {
      text.skipTo(')');
      text.pass();
    }
    boolean asBefore = true;
    long told = 0;
    for (int place = 0; !text.isDone(); place++) {
      TextType.Name name = type.name(place);
      if (!name.text().isAt(text, text.at)) {
        long from = text.at;
        text.skipTo('=', ' ');
        if (text.here() != '=') {
          if (!text.isAt(from, TRUNCATED)) {
            return false;
          }
          continue;
        }
        name = type.learn(place, text, from, text.at);
        text.at = from;
        asBefore = false;
      } else if (asBefore && type.isReadAt(place)) {
        return true;
      }
      text.at += name.text().length();
      if (!value(name.argument(), record, bareHex)) {
        return false;
      }
      told |= name.bit();
    }
    if (!asBefore) {
      type.isRead();
    }
    return type.isWhole(told);
  }

  private boolean value(@Nullable Argument argument, GuestRecord record, boolean bareHex) {
    if (argument == null) {
      skipValue();
      return true;
    }
    byte first = text.here();
    if (first == '(' || first == '"') {
      // A probe could not read it: (fault). Or it is text.
      skipValue();
      return true;
    }
    if (argument == Argument.DIRECTION && LineText.isLetter(first)) {
      return direction(record);
    }
    if (first == '{') {
      text.pass();
    }
    boolean hex = bareHex && argument != Argument.SIZE;
    record.set(argument, hex ? text.bareHexadecimal() : text.number());
    boolean isNumber = text.isNumber;
    skipValue();
    return isNumber;
  }

  private boolean direction(GuestRecord record) {
    long from = text.at;
    text.skipTo(' ', '\r');
    long direction = directions.get(text, from, text.at);
    record.set(Argument.DIRECTION, direction);
    return direction != NO_DIRECTION;
  }

  /** Goes behind a value: a number or word, a list in braces, a string in quotes. */
  private void skipValue() {
    byte first = text.here();
    if (first == '"') {
      text.pass();
      text.skipTo('"');
    }
    if (first != ' ') {
      text.skipTo(' ');
    }
  }
}
