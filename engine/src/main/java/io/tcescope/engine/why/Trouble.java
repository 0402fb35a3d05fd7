package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A symptom in the making: it repeats itself, and several recorders may tell of it. */
final class Trouble {
  private final SymptomKind kind;
  private final long ordinal;
  private final String text;
  private final Map<Integer, Long> counts = new HashMap<>();
  private long last;
  private String device = "";
  private OptionalLong buid = OptionalLong.empty();
  private OptionalLong liobn = OptionalLong.empty();
  private OptionalLong ioba = OptionalLong.empty();
  private OptionalLong guestTable = OptionalLong.empty();
  private Symptom.Presence window = Symptom.Presence.NOT_TOLD;
  private List<Evidence> trail = List.of();

  Trouble(SymptomKind kind, Event event, String text) {
    this.kind = kind;
    this.ordinal = event.ordinal();
    this.text = text;
    this.last = ordinal;
    if (event.has(Event.LIOBN)) {
      liobn = OptionalLong.of(event.liobn());
    }
    if (event.has(Event.IOBA)) {
      ioba = OptionalLong.of(event.ioba());
    }
    if (event.has(Event.GUEST_TABLE)) {
      guestTable = OptionalLong.of(event.guestTable());
    }
  }

  Trouble of(String pciAddress, OptionalLong bridge) {
    device = pciAddress;
    buid = bridge;
    return this;
  }

  Trouble at(long address) {
    ioba = OptionalLong.of(address);
    return this;
  }

  Trouble inWindow(Symptom.Presence presence, List<Evidence> steps) {
    window = presence;
    trail = steps;
    return this;
  }

  /** It occurs, or occurs again. */
  Trouble seen(Event event) {
    counts.merge(event.file(), 1L, Long::sum);
    last = event.ordinal();
    return this;
  }

  /** A later record may name the device that the first one leaves out. */
  Trouble named(String pciAddress) {
    device = device.isEmpty() ? pciAddress : device;
    return this;
  }

  Symptom symptom() {
    long count = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new Symptom(
        kind, ordinal, last, count, text, device, buid, liobn, ioba, guestTable, window, trail);
  }
}
