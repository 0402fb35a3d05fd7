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
    rtas = new RtasText(text, pairs, names);
    kvm = new KvmText(text);
    dma = new DmaText(text, pairs, names);
  }

  /** Takes the payload apart into the record, which has been begun with its type. */
  void read(TextType type, long from, long to, GuestRecord record) {
    text.moveTo(from, to);
    switch (type.type().shape()) {
      case RTAS_INPUT -> rtas.input(record);
      case RTAS_OUTPUT -> rtas.output(record);
      case RTAS_LL_ENTRY, DMA_OTHER, OTHER -> {}
      case RTAS_LL_EXIT -> rtas.parameterBlock(type, record);
      case KVM_HCALL_ENTER -> kvm.enter(record);
      case KVM_HCALL_EXIT -> kvm.exit(record);
      case DMA_MAP, DMA_MAP_LIST, DMA_UNMAP -> dma.read(type, record);
      case MARK ->
          record.setSubject(text.text(from, Math.min(text.end, from + LONGEST_MARK)).strip());
      case HCALL_ENTRY, HCALL_EXIT -> pairs.read(type, record, false);
      case PROBE_ENTRY -> probe(type, type.type().function().tellsWhenEntered(), record);
      case PROBE_RETURN -> probe(type, type.type().function().tellsWhenLeft(), record);
    }
  }

  private void probe(TextType type, boolean tells, GuestRecord record) {
    if (tells) {
      pairs.read(type, record, false);
    }
  }
}
