package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Numbering;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Collects the symptoms of a run: what the guest complains of, and what the host sees go wrong. */
final class Symptoms implements Observer {
  /** EEH lines that tell of the way back, not of the freeze. */
  private static final Pattern RECOVERED = Pattern.compile("(?i)successful|notify|thaw");

  /** What makes two records the same trouble. */
  private record Key(SymptomKind kind, String place) {}

  private final Trails trails = new Trails();
  private final Map<Key, Trouble> found = new LinkedHashMap<>();
  private final Map<String, String> addressOfInterface = new HashMap<>();

  /** All of them, in the order in which they first showed. */
  List<Symptom> all() {
    return found.values().stream().map(Trouble::symptom).toList();
  }

  /**
   * Those that are trouble of their own: failed calls on a table that only the guest has a name for
   * are those that another recorder tells with the LIOBN.
   */
  List<Symptom> found() {
    List<Symptom> all = all();
    boolean told = all.stream().anyMatch(one -> isFailedCall(one) && one.liobn().isPresent());
    return all.stream()
        .filter(one -> !told || !isFailedCall(one) || one.liobn().isPresent())
        .toList();
  }

  private static boolean isFailedCall(Symptom symptom) {
    return symptom.kind() == SymptomKind.PUT_FAILED;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    trails.on(event, change, state);
    switch (event.kind().group()) {
      case TCE -> {
        if (event.has(Event.STATUS | Event.LIOBN) && !event.succeeded()) {
          failed(event, change, state);
        }
      }
      case DEVICE -> {
        if (event.kind() == EventKind.DMA && change.has(Signal.FAULT)) {
          lookedUp(event, change, state);
        }
      }
      case GUEST, PLATFORM, RECORD -> record(event, state);
      case DDW, TABLE -> {}
    }
  }

  /** A map or unmap that failed; a clear of no entry at all is how Linux "cleans" a window. */
  private void failed(Event event, Change change, IommuState state) {
    boolean counts =
        event.kind() != EventKind.H_GET_TCE
            && event.status() != HcallStatus.H_TOO_HARD
            && !change.has(Signal.EMPTY);
    if (!counts) {
      return;
    }
    Symptom.Presence window = presence(event, state);
    Key key = new Key(SymptomKind.PUT_FAILED, table(event, window));
    Trouble trouble = found.get(key);
    if (trouble == null) {
      OptionalLong ioba = address(event, state);
      trouble =
          new Trouble(SymptomKind.PUT_FAILED, event, failure(event))
              .of("", bridge(event, state))
              .inWindow(window, trails.of(event.liobn(), ioba, false, state));
      ioba.ifPresent(trouble::at);
      found.put(key, trouble);
    }
    trouble.seen(event);
  }

  /** Calls on whatever LIOBN that never had a window are one trouble. */
  private static String table(Event event, Symptom.Presence window) {
    boolean never = window == Symptom.Presence.NOT_TOLD && !event.has(Event.WITNESS);
    return never ? "no table" : event.liobn() + " " + window;
  }

  private static String failure(Event event) {
    return event.has(Event.WITNESS)
        ? firstLine(event.text())
        : event.kind().call()
            + " on 0x"
            + Long.toHexString(event.liobn())
            + " failed: "
            + HcallStatus.name(event.status());
  }

  private static Symptom.Presence presence(Event event, IommuState state) {
    DmaWindow window = state.window(event.liobn());
    if (window == DmaWindow.NONE) {
      return Symptom.Presence.NOT_TOLD;
    }
    if (!window.isOpen()) {
      return Symptom.Presence.GONE;
    }
    return event.has(Event.WITNESS) ? Symptom.Presence.NOT_TOLD : Symptom.Presence.THERE;
  }

  /** The bus address of a call; a guest's log counts it in pages of the table. */
  private static OptionalLong address(Event event, IommuState state) {
    if (event.has(Event.IOBA) && !event.has(Event.IOBA_IS_END)) {
      return OptionalLong.of(event.ioba());
    }
    DmaWindow window = state.window(event.liobn());
    return event.has(Event.TCE_NUMBER) && window.hasGeometry()
        ? OptionalLong.of(event.tceNumber() << window.pageShift())
        : OptionalLong.empty();
  }

  private static OptionalLong bridge(Event event, IommuState state) {
    if (event.has(Event.BUID)) {
      return OptionalLong.of(event.buid());
    }
    if (!event.has(Event.LIOBN)) {
      return OptionalLong.empty();
    }
    long buid = state.window(event.liobn()).bridge().buid();
    return buid == 0 ? Numbering.buidOfLiobn(event.liobn()) : OptionalLong.of(buid);
  }

  private void lookedUp(Event event, Change change, IommuState state) {
    DmaWindow window = change.window();
    long ioba = event.has(Event.IOBA_IS_RELATIVE) ? window.start() + event.ioba() : event.ioba();
    found
        .computeIfAbsent(
            new Key(SymptomKind.PERM0_ACCESS, window.toString()),
            key ->
                new Trouble(
                        SymptomKind.PERM0_ACCESS,
                        event,
                        "a device's access to 0x"
                            + Long.toHexString(ioba)
                            + " of "
                            + window
                            + " finds no mapping (perm=0)")
                    .of("", bridge(event, state))
                    .at(ioba)
                    .inWindow(
                        Symptom.Presence.THERE,
                        trails.of(window.liobn(), OptionalLong.of(ioba), true, state)))
        .seen(event);
  }

  private void record(Event event, IommuState state) {
    switch (event.kind()) {
      case ALLOC_FAILED -> noRoom(event, deviceOf(event), state);
      case HCALL -> bareCall(event, state);
      case EEH -> {
        if (!RECOVERED.matcher(event.text()).find()) {
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
    buid = buid.isPresent() ? buid : bridge(event, state);
    String place = buid.isPresent() ? Long.toHexString(buid.getAsLong()) : device;
    boolean traced = event.name().startsWith("iommu_");
    String pages = event.has(Event.PAGES) ? " for " + event.pages() + " pages" : "";
    String text =
        traced && !event.name().contains(" ")
            ? "the guest's allocator found no room" + pages
            : firstLine(event.text());
    add(new Key(SymptomKind.ALLOC_FAILED, place), event, device, buid, text);
  }

  /** A hypervisor call of which a tracer shows opcode and status only. */
  private void bareCall(Event event, IommuState state) {
    BareCall call = BareCall.of(event);
    if (call == null || !call.failed()) {
      return;
    }
    Symptom.Presence window =
        event.has(Event.LIOBN) ? presence(event, state) : Symptom.Presence.NOT_TOLD;
    String place = call.table() + " " + window;
    add(
        new Key(SymptomKind.PUT_FAILED, place),
        event,
        "",
        event.has(Event.LIOBN) ? Numbering.buidOfLiobn(event.liobn()) : OptionalLong.empty(),
        call + " failed: " + HcallStatus.name(event.status()));
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
    add(new Key(SymptomKind.EEH_FREEZE, place), event, deviceOf(event), buid, text);
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
    add(new Key(kind, place), event, device, buid, firstLine(event.text()));
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

  private void add(Key key, Event event, String device, OptionalLong buid, String text) {
    found
        .computeIfAbsent(key, fresh -> new Trouble(key.kind, event, text).of(device, buid))
        .named(device)
        .seen(event);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
