package io.tcescope.traces.ftrace;

import io.tcescope.traces.guest.GuestRecord;
import io.tcescope.traces.guest.Interned;

/** Reads what a record says behind its name. */
final class Payload {
  private static final int LONGEST_MARK = 4096;

  private final LineText text;
  private final PairsText pairs;
  private final RtasText rtas;
  private final KvmText kvm;
  private final DmaText dma;

  Payload(LineText text) {
    Interned<String> names = new Interned<>(name -> name);
    this.text = text;
    pairs = new PairsText(text);
    rtas = new RtasText(text, names);
    kvm = new KvmText(text);
    dma = new DmaText(text, pairs, names);
  }

  /**
   * Takes the payload apart into the record, which has been begun with its type; one that is cut
   * off or malformed makes it unreadable.
   */
  void read(TextType type, long from, long to, GuestRecord record) {
    text.moveTo(from, to);
    if (!isRead(type, record)) {
      record.makeUnreadable();
    }
  }

  private boolean isRead(TextType type, GuestRecord record) {
    return switch (type.type().shape()) {
      case RTAS_INPUT -> rtas.input(record);
      case RTAS_OUTPUT -> rtas.output(record);
      case RTAS_LL_ENTRY, DMA_OTHER, OTHER -> true;
      case RTAS_LL_EXIT -> rtas.parameterBlock(record);
      case KVM_HCALL_ENTER -> kvm.enter(record);
      case KVM_HCALL_EXIT -> kvm.exit(record);
      case DMA_MAP, DMA_MAP_LIST, DMA_UNMAP -> dma.read(type, record);
      case MARK -> {
        long end = Math.min(text.end, text.at + LONGEST_MARK);
        record.setSubject(text.text(text.at, end).strip());
        yield true;
      }
      case HCALL_ENTRY, HCALL_EXIT -> pairs.read(type, record, false);
      case PROBE_ENTRY ->
          !type.type().function().tellsWhenEntered() || pairs.read(type, record, false);
      case PROBE_RETURN ->
          !type.type().function().tellsWhenLeft() || pairs.read(type, record, false);
      case MISSPELT -> false;
    };
  }
}
