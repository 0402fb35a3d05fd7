package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payloads of {@code name=value} pairs: those of probes and of most trace points. */
final class PairsText {
  private static final Map<String, Long> DIRECTIONS =
      Map.of("BIDIRECTIONAL", 0L, "TO_DEVICE", 1L, "FROM_DEVICE", 2L, "NONE", 3L);

  private final LineText text;
  private final Interned<Long> directions =
      new Interned<>(name -> DIRECTIONS.getOrDefault(name, 0L));

  PairsText(LineText text) {
    this.text = text;
  }

  /**
   * Reads pairs up to the end of the line.
   *
   * @param bareHex numbers are hexadecimal without 0x, except sizes
   */
  void read(TextType type, GuestRecord record, boolean bareHex) {
    if (text.here() == '(') {
      text.skipTo(')');
      text.pass();
    }
    boolean asBefore = true;
    for (int place = 0; !text.isAtEnd(); place++) {
      text.skipBlanks();
      TextType.Name name = type.name(place);
      if (!name.text().isAt(text, text.at)) {
        long from = text.at;
        text.skipTo('=', ' ');
        if (text.here() != '=') {
          continue;
        }
        name = type.learn(place, text, from, text.at);
        text.at = from;
        asBefore = false;
      } else if (asBefore && type.isReadAt(place)) {
        return;
      }
      text.at += name.text().length();
      value(name.argument(), record, bareHex);
    }
    if (!asBefore) {
      type.isRead();
    }
  }

  private void value(@Nullable Argument argument, GuestRecord record, boolean bareHex) {
    if (argument == null) {
      skipValue();
      return;
    }
    long from = text.at;
    if (argument == Argument.DIRECTION && LineText.isLetter(text.here())) {
      text.skipTo(' ');
      record.set(argument, directions.get(text, from, text.at));
      return;
    }
    if (text.here() == '{') {
      text.pass();
    }
    boolean hex = bareHex && argument != Argument.SIZE;
    long number = hex ? text.hexadecimal() : text.number();
    boolean isNumber = text.at > from && !LineText.isLetter(text.here());
    skipValue();
    if (isNumber) {
      record.set(argument, number);
    }
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
