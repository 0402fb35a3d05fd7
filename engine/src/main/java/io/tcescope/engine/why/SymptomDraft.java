package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A symptom in the making: it repeats itself, and several recorders may tell of it. */
final class SymptomDraft {
  private final SymptomKind kind;
  private final long ordinal;
  private final String text;

  /** How often each recorder tells of it. */
  private final Map<Integer, Long> counts = new HashMap<>();

  /** The same of unmaps that failed beside the maps. */
  private final Map<Integer, Long> unmaps = new HashMap<>();

  private long last;
  private long reset;
  private String device = "";
  private OptionalLong buid = OptionalLong.empty();
  private OptionalLong liobn = OptionalLong.empty();

  /** Calls on several LIOBNs, of which none names a window. */
  private boolean isAnywhere;

  private OptionalLong ioba = OptionalLong.empty();
  private OptionalLong guestTable = OptionalLong.empty();
  private Symptom.Presence window = Symptom.Presence.NOT_TOLD;
  private long opened;
  private List<Evidence> trail = List.of();

  SymptomDraft(SymptomKind kind, Event event, String text) {
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

  SymptomKind kind() {
    return kind;
  }

  /** Its first record. */
  long ordinal() {
    return ordinal;
  }

  SymptomDraft of(String pciAddress, OptionalLong bridge) {
    device = pciAddress;
    buid = bridge;
    return this;
  }

  /** The machine was reset last at that event, 0 if it was not. */
  SymptomDraft since(long event) {
    reset = event;
    return this;
  }

  SymptomDraft at(long address) {
    ioba = OptionalLong.of(address);
    return this;
  }

  /** Its window was made at that event, 0 if that is not recorded. */
  SymptomDraft madeAt(long event) {
    opened = event;
    return this;
  }

  SymptomDraft inWindow(Symptom.Presence presence, List<Evidence> steps) {
    window = presence;
    trail = steps;
    return this;
  }

  /** It occurs, or occurs again, as that recorder tells. */
  SymptomDraft seen(Event event, int recorder) {
    counts.merge(recorder, 1L, Long::sum);
    last = event.ordinal();
    return this;
  }

  /** An unmap fails where maps do. */
  void seenUnmap(Event event, int recorder) {
    unmaps.merge(recorder, 1L, Long::sum);
    last = event.ordinal();
  }

  /** True if nothing but unmaps failed so far. */
  boolean isOfUnmapsOnly() {
    return counts.isEmpty();
  }

  /** A call that is the same trouble may name another LIOBN. */
  void names(Event event) {
    boolean other = event.has(Event.LIOBN) && liobn.orElse(event.liobn()) != event.liobn();
    isAnywhere |= other;
  }

  /** Begins before itself, with what failed until a first map did. */
  SymptomDraft after(SymptomDraft before) {
    unmaps.putAll(before.unmaps);
    isAnywhere = before.isAnywhere || !liobn.equals(before.liobn);
    return this;
  }

  /** True if the recording does not tell, so far, whether the window was there. */
  boolean isNotTold() {
    return window == Symptom.Presence.NOT_TOLD;
  }

  /** A later record may name the device that the first one leaves out. */
  SymptomDraft named(String pciAddress) {
    device = device.isEmpty() ? pciAddress : device;
    return this;
  }

  /** True if it is about failed calls. */
  boolean isOfCalls() {
    return kind == SymptomKind.PUT_FAILED;
  }

  /** False if only the guest's own name of the table is known, or none. */
  boolean hasLiobn() {
    return liobn.isPresent();
  }

  Symptom symptom(Gaps gaps) {
    return symptom(counts, unmaps, last, gaps);
  }

  /** The symptom where another recorder tells the same calls under another name. */
  Symptom symptomToldAlsoBy(SymptomDraft other, Gaps gaps) {
    return symptom(
        both(counts, other.counts), both(unmaps, other.unmaps), Math.max(last, other.last), gaps);
  }

  private Symptom symptom(
      Map<Integer, Long> maps, Map<Integer, Long> unmapped, long end, Gaps gaps) {
    return new Symptom(
        kind,
        ordinal,
        end,
        reset,
        Gaps.most(maps),
        Gaps.most(unmapped),
        gaps.isLeast(kind, maps),
        gaps.isLeast(kind, unmapped),
        Symptom.Origin.RECORDED,
        isAnywhere ? "calls on LIOBNs that never named a window, first: " + text : text,
        device,
        isAnywhere ? OptionalLong.empty() : buid,
        isAnywhere ? OptionalLong.empty() : liobn,
        isAnywhere ? OptionalLong.empty() : ioba,
        guestTable,
        window,
        opened,
        trail);
  }

  private static Map<Integer, Long> both(Map<Integer, Long> one, Map<Integer, Long> other) {
    Map<Integer, Long> both = new HashMap<>(one);
    other.forEach((recorder, count) -> both.merge(recorder, count, Long::sum));
    return both;
  }
}
