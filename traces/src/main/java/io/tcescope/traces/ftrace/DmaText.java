package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.Argument;
import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;
import io.tcescope.traces.guest.RecordType;

/** Payloads of {@code dma:*}: bus addresses without 0x outside lists. */
final class DmaText {
  private final LineText text;
  private final PairsText pairs;
  private final Interned<String> names;

  DmaText(LineText text, PairsText pairs, Interned<String> names) {
    this.text = text;
    this.pairs = pairs;
    this.names = names;
  }

  /**
   * {@code 0001:00:00.0 dir=TO_DEVICE dma_addr=20000 size=4096 phys_addr=24cc000 attrs=}.
   *
   * @return false if it is not whole
   */
  boolean read(TextType type, GuestRecord record) {
    long from = text.at;
    text.skipTo(' ');
    record.setSubject(names.get(text, from, text.at));
    long device = text.at;
    boolean whole = pairs.read(type, record, true);
    if (whole && type.type().shape() == RecordType.Shape.DMA_MAP_LIST) {
      text.at = device;
      return lists(record);
    }
    return whole;
  }

  /** Of a list the first segment stands for all; sizes add up. */
  private boolean lists(GuestRecord record) {
    boolean whole = true;
    while (!text.isAtEnd()) {
      text.skipBlanks();
      byte first = text.here();
      text.skipTo('=', ' ');
      if (text.here() == '=' && text.byteAt(text.at + 1) == '{') {
        text.at += 2;
        whole &= text.here() == '}' || list(first, record);
        text.skipTo(' ');
        whole &= text.byteAt(text.at - 1) == '}';
      }
      text.skipTo(' ');
    }
    return whole;
  }

  private boolean list(byte first, GuestRecord record) {
    long number = text.number();
    boolean whole = text.isNumber;
    if (first == 'd') {
      record.set(Argument.DMA_ADDRESS, number);
    } else if (first == 'p') {
      record.set(Argument.PHYSICAL_ADDRESS, number);
    } else {
      long total = number;
      while (text.here() == ',') {
        text.pass();
        total += text.number();
        whole &= text.isNumber;
      }
      record.set(Argument.SIZE, total);
    }
    return whole;
  }
}
