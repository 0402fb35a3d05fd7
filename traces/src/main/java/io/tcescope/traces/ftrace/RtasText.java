package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import java.nio.charset.StandardCharsets;

/**
 * Payloads of the {@code powerpc:rtas_*} trace points; each method is false if one is not whole.
 */
final class RtasText {
  private static final byte[] ARGUMENTS = bytes(" arguments:");
  private static final byte[] STATUS = bytes(" status: ");
  private static final byte[] OUTPUTS = bytes(", other outputs:");
  private static final byte[] TOKEN = bytes("token=");
  private static final byte[] NARGS = bytes(" nargs=");
  private static final byte[] NRET = bytes(" nret=");
  private static final byte[] PARAMETERS = bytes(" params:");
  private static final byte[] INDEX = bytes(" [");
  private static final byte[] EQUALS = bytes("]=");

  private final LineText text;
  private final Interned<String> names;

  RtasText(LineText text, Interned<String> names) {
    this.text = text;
    this.names = names;
  }

  private static byte[] bytes(String literal) {
    return literal.getBytes(StandardCharsets.US_ASCII);
  }

  /** {@code ibm,query-pe-dma-window arguments: {0x0,0x8000000,0x20000001}}. */
  boolean input(GuestRecord record) {
    return subject(record) && text.pass(ARGUMENTS) && words(record);
  }

  /** {@code ibm,query-pe-dma-window status: 0, other outputs: {0x1,0x20}}. */
  boolean output(GuestRecord record) {
    return subject(record)
        && number(STATUS, Argument.RESULT, record)
        && text.pass(OUTPUTS)
        && words(record);
  }

  private boolean subject(GuestRecord record) {
    long from = text.at;
    text.skipTo(' ');
    record.setSubject(names.get(text, from, text.at));
    return text.at > from;
  }

  private boolean number(byte[] before, Argument argument, GuestRecord record) {
    if (!text.pass(before)) {
      return false;
    }
    record.set(argument, text.number());
    return text.isNumber;
  }

  /** Words in braces and hex, or bare and decimal. */
  private boolean words(GuestRecord record) {
    text.skipBlanks();
    boolean inBraces = text.here() == '{';
    if (inBraces) {
      text.pass();
    }
    char separator = inBraces ? ',' : ' ';
    while (!text.isAtEnd() && text.here() != '}' && text.here() != '\r') {
      if (!word(record)) {
        return false;
      }
      if (text.here() == separator) {
        text.pass();
      }
    }
    if (inBraces && text.here() != '}') {
      return false;
    }
    text.pass();
    return text.isDone();
  }

  private boolean word(GuestRecord record) {
    long word = text.number();
    record.addWord(Integer.toUnsignedLong((int) word));
    return text.isNumber && (word == (int) word || word >>> Integer.SIZE == 0);
  }

  /** {@code token=8230 nargs=3 nret=6 params: [0]=0x00000000 ... [15]=0x00000000}. */
  boolean parameterBlock(GuestRecord record) {
    boolean begins =
        number(TOKEN, Argument.TOKEN, record)
            && number(NARGS, Argument.INPUTS, record)
            && number(NRET, Argument.OUTPUTS, record)
            && text.pass(PARAMETERS);
    if (!begins) {
      return false;
    }
    long wanted = record.get(Argument.INPUTS) + record.get(Argument.OUTPUTS);
    for (long i = 0; i < wanted; i++) {
      boolean isNext = text.pass(INDEX) && text.decimal() == i && text.pass(EQUALS);
      if (!isNext || !word(record)) {
        return false;
      }
    }
    return true;
  }
}
