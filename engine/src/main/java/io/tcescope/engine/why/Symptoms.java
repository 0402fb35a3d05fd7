package io.tcescope.engine.why;

import io.tcescope.engine.check.FreezeRecords;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Collects the symptoms of a run: what the guest complains of, and what the host sees go wrong. */
final class Symptoms implements Observer {
  private final Trace trace;

  /** Whether windows that go are kept, to lead from an address to who took it. */
  private final boolean followed;

  private final Trails trails = new Trails();
  private final Gaps gaps = new Gaps();
  private final Troubles troubles = new Troubles();
  private final FreezeRecords freezes = new FreezeRecords();
  private final RefusedCalls calls;
  private final Map<String, String> addressOfInterface = new HashMap<>();

  Symptoms(Trace trace) {
    this(trace, true);
  }

  private Symptoms(Trace trace, boolean followed) {
    this.trace = trace;
    this.followed = followed;
    this.calls = new RefusedCalls(trace, troubles, trails);
  }

  /** For those who want to know what there is and not what led there; costs next to nothing. */
  static Symptoms withoutTrails(Trace trace) {
    return new Symptoms(trace, false);
  }

  /** All of them, in the order in which they first showed. */
  List<Symptom> all() {
    return troubles.all().stream().map(one -> one.symptom(gaps)).toList();
  }

  /**
   * Those that are trouble of their own: failed calls on a table that only the guest has a name for
   * are those that another recorder tells with the LIOBN.
   */
  List<Symptom> found() {
    List<SymptomDraft> all = troubles.all();
    List<SymptomDraft> named =
        all.stream().filter(one -> one.isOfCalls() && one.hasLiobn()).toList();
    List<SymptomDraft> unnamed =
        all.stream().filter(one -> one.isOfCalls() && !one.hasLiobn()).toList();
    boolean same = named.size() == 1 && unnamed.size() == 1;
    List<Symptom> found = new ArrayList<>();
    for (SymptomDraft one : all) {
      if (same && one == named.getFirst()) {
        found.add(one.symptomToldAlsoBy(unnamed.getFirst(), gaps));
      } else if (named.isEmpty() || !unnamed.contains(one)) {
        found.add(one.symptom(gaps));
      }
    }
    return found;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (change.has(Signal.REBOOT)) {
      troubles.rebooted(event.ordinal());
    }
    gaps.note(event, trace.recorder(event.file()));
    if (followed) {
      trails.on(event, change, state);
    }
    switch (event.kind().group()) {
      case TCE -> calls.call(event, change, state);
      case DEVICE -> {
        if (event.kind() == EventKind.DMA && change.has(Signal.FAULT)) {
          lookedUp(event, change, state);
        }
      }
      case GUEST, PLATFORM, RECORD -> record(event, state);
      case DDW, TABLE -> {}
    }
  }

  private void lookedUp(Event event, Change change, IommuState state) {
    DmaWindow window = change.window();
    long ioba = event.has(Event.IOBA_IS_RELATIVE) ? window.start() + event.ioba() : event.ioba();
    String place = window.toString();
    SymptomDraft trouble = troubles.get(SymptomKind.PERM0_ACCESS, place);
    if (trouble == null) {
      String text =
          "a device's access to " + Hex.of(ioba) + " of " + window + " finds no mapping (perm=0)";
      trouble =
          new SymptomDraft(SymptomKind.PERM0_ACCESS, event, text)
              .of("", RefusedCalls.bridge(event, state))
              .at(ioba)
              .inWindow(
                  Symptom.Presence.THERE,
                  trails.of(window.liobn(), OptionalLong.of(ioba), true, state));
      troubles.put(place, trouble);
    }
    trouble.seen(event, trace.recorder(event.file()));
  }

  private void record(Event event, IommuState state) {
    switch (event.kind()) {
      case ALLOC_FAILED -> noRoom(event, deviceOf(event), state);
      case HCALL -> calls.bareCall(event, state);
      case EEH -> {
        if (freezes.begins(event)) {
          frozen(event);
        }
      }
      case LOG -> complaint(event, state);
      default -> {}
    }
  }

  /** Tracers and the kernel's log tell of the same failures: one symptom for each bridge. */
  private void noRoom(Event event, String device, IommuState state) {
    OptionalLong buid = Numbering.buidOfDevice(device);
    buid = buid.isPresent() ? buid : RefusedCalls.bridge(event, state);
    String place = buid.isPresent() ? Long.toHexString(buid.getAsLong()) : device;
    boolean traced = event.name().startsWith("iommu_");
    String pages =
        event.has(Event.PAGES)
            ? ", first for " + event.pages() + (event.pages() == 1 ? " page" : " pages")
            : "";
    String text =
        traced && !event.name().contains(" ")
            ? "the guest's allocator found no room" + pages
            : firstLine(event.text());
    add(SymptomKind.ALLOC_FAILED, place, event, device, buid, text);
  }

  private void frozen(Event event) {
    OptionalLong buid =
        event.has(Event.BUID)
            ? OptionalLong.of(event.buid())
            : event.name().equals("EEH") && event.has(Event.ID)
                ? OptionalLong.of(Numbering.buidOfBridge(event.id()))
                : Numbering.buidOfDevice(deviceOf(event));
    String place = buid.isPresent() ? Long.toHexString(buid.getAsLong()) : deviceOf(event);
    String text = event.text().isBlank() ? "the PE froze" : firstLine(event.text());
    add(SymptomKind.EEH_FREEZE, place, event, deviceOf(event), buid, text);
  }

  private static String deviceOf(Event event) {
    String device = event.device();
    return device == null ? "" : Complaint.address(device);
  }

  private void complaint(Event event, IommuState state) {
    String line = event.text();
    String named = Complaint.interfaceWithAddress(line);
    if (!named.isEmpty()) {
      addressOfInterface.put(named, Complaint.address(line));
    }
    Complaint.of(line).ifPresent(kind -> complaint(kind, event, state));
  }

  private void complaint(SymptomKind kind, Event event, IommuState state) {
    if (kind == SymptomKind.ALLOC_FAILED) {
      noRoom(event, device(event.text()), state);
      return;
    }
    String device = device(event.text());
    String place = device.isEmpty() ? Complaint.interfaceName(event.text()) : device;
    OptionalLong buid = Numbering.buidOfDevice(device);
    buid = buid.isPresent() ? buid : bridgeOfPath(event.text());
    add(kind, place, event, device, buid, firstLine(event.text()));
  }

  private String device(String line) {
    String address = Complaint.address(line);
    return address.isEmpty()
        ? addressOfInterface.getOrDefault(Complaint.interfaceName(line), "")
        : address;
  }

  /** A device tree path names its bridge by the BUID: {@code /pci@800000020000001/scsi@0}. */
  private static OptionalLong bridgeOfPath(String line) {
    int at = line.indexOf("/pci@");
    if (at < 0) {
      return OptionalLong.empty();
    }
    int from = at + "/pci@".length();
    int to = from;
    while (to < line.length() && Character.digit(line.charAt(to), 16) >= 0 && to - from < 16) {
      to++;
    }
    return to == from
        ? OptionalLong.empty()
        : OptionalLong.of(
            Long.parseUnsignedLong(line.substring(from, to).toLowerCase(Locale.ROOT), 16));
  }

  private void add(
      SymptomKind kind, String place, Event event, String device, OptionalLong buid, String text) {
    SymptomDraft trouble = troubles.get(kind, place);
    if (trouble == null) {
      trouble = troubles.put(place, new SymptomDraft(kind, event, text).of(device, buid));
    }
    trouble.named(device).seen(event, trace.recorder(event.file()));
  }

  /** A record's first line. */
  static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
