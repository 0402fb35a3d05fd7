package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;

/** Payloads of the {@code powerpc:rtas_*} trace points. */
final class RtasText {
  private final LineText text;
  private final PairsText pairs;
  private final Interned<String> names;

  RtasText(LineText text, PairsText pairs, Interned<String> names) {
    this.text = text;
    this.pairs = pairs;
    this.names = names;
  }

  /** {@code ibm,query-pe-dma-window arguments: {0x0,0x8000000,0x20000001}}. */
  void input(GuestRecord record) {
    subject(record);
    text.skipTo(':');
    text.pass();
    words(record);
  }

  /** {@code ibm,query-pe-dma-window status: 0, other outputs: {0x1,0x20}}. */
  void output(GuestRecord record) {
    subject(record);
    text.skipTo(':');
    text.pass();
    text.skipBlanks();
    long from = text.at;
    long status = text.number();
    if (text.at > from) {
      record.set(Argument.RESULT, status);
    }
    text.skipTo(':');
    text.pass();
    words(record);
  }

  private void subject(GuestRecord record) {
    long from = text.at;
    text.skipTo(' ');
    record.setSubject(names.get(text, from, text.at));
  }

  /** Words in braces and hex, or bare and decimal. */
  private void words(GuestRecord record) {
    while (!text.isAtEnd()) {
      byte b = text.here();
      if (LineText.isDigit(b) || b == '-') {
        record.addWord(Integer.toUnsignedLong((int) text.number()));
      } else {
        text.pass();
      }
    }
  }

  /** {@code token=8230 nargs=3 nret=6 params: [0]=0x00000000 ... [15]=0x00000000}. */
  void parameterBlock(TextType type, GuestRecord record) {
    long all = text.end;
    long parameters = text.find(':', text.at);
    text.end = parameters;
    pairs.read(type, record, false);
    text.moveTo(parameters, all);
    long wanted = record.get(Argument.INPUTS) + record.get(Argument.OUTPUTS);
    for (long i = 0; i < wanted && !text.isAtEnd(); i++) {
      text.skipTo('=');
      text.pass();
      record.addWord(text.number());
    }
  }
}
