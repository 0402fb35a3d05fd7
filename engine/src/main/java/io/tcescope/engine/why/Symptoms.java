package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Collects the symptoms of a run: what the guest complains of, and what the host sees go wrong. */
final class Symptoms implements Observer {
  /** QEMU and PowerVM number a bridge's PCI domain as its BUID. */
  private static final long BUID_OF_DOMAIN_0 = 0x800000020000000L;

  private static final int HEX = 16;

  private record Key(SymptomKind kind, String device, OptionalLong liobn) {}

  private final Map<Key, Symptom> found = new LinkedHashMap<>();
  private final Map<String, String> addressOfInterface = new HashMap<>();

  List<Symptom> found() {
    return List.copyOf(found.values());
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    switch (event.kind().group()) {
      case TCE -> call(event, change);
      case DEVICE -> lookUp(event, change);
      case GUEST, PLATFORM, RECORD -> record(event);
      case DDW, TABLE -> {}
    }
  }

  /** A map or unmap that failed; on a live window that is an address error of its own. */
  private void call(Event event, Change change) {
    if (event.succeeded() || !event.has(Event.STATUS | Event.LIOBN)) {
      return;
    }
    boolean complained = event.has(Event.WITNESS);
    if (complained || change.has(Signal.DEAD_LIOBN)) {
      String text =
          complained
              ? firstLine(event.text())
              : event.kind().call() + " failed: " + HcallStatus.name(event.status());
      add(SymptomKind.PUT_FAILED, event, "", OptionalLong.of(event.liobn()), text);
    }
  }

  private void lookUp(Event event, Change change) {
    if (!event.has(Event.PERMISSION | Event.LIOBN) || event.permission() != 0) {
      return;
    }
    DmaWindow window = change.window();
    long ioba = event.has(Event.IOBA_IS_RELATIVE) ? window.start() + event.ioba() : event.ioba();
    String text = "access to 0x" + Long.toHexString(ioba) + " with perm=0";
    Symptom symptom =
        new Symptom(
            SymptomKind.PERM0_ACCESS,
            event.ordinal(),
            event.ordinal(),
            1,
            text,
            "",
            buidOf(window),
            OptionalLong.of(event.liobn()),
            OptionalLong.of(ioba));
    merge(new Key(symptom.kind(), "", symptom.liobn()), symptom);
  }

  private static OptionalLong buidOf(DmaWindow window) {
    long buid = window.bridge().buid();
    return buid == 0 ? OptionalLong.empty() : OptionalLong.of(buid);
  }

  private void record(Event event) {
    switch (event.kind()) {
      case ALLOC_FAILED ->
          add(SymptomKind.ALLOC_FAILED, event, deviceOf(event), OptionalLong.empty(), "");
      case EEH -> add(SymptomKind.EEH_FREEZE, event, deviceOf(event), OptionalLong.empty(), "");
      case LOG -> complaint(event);
      default -> {}
    }
  }

  private static String deviceOf(Event event) {
    String device = event.device();
    return device == null ? "" : device;
  }

  private void complaint(Event event) {
    String line = event.text();
    String named = Complaint.interfaceWithAddress(line);
    if (!named.isEmpty()) {
      addressOfInterface.put(named, Complaint.address(line));
    }
    Complaint.of(line)
        .ifPresent(kind -> add(kind, event, device(line), OptionalLong.empty(), line));
  }

  private String device(String line) {
    String address = Complaint.address(line);
    return address.isEmpty()
        ? addressOfInterface.getOrDefault(Complaint.interfaceName(line), "")
        : address;
  }

  private void add(SymptomKind kind, Event event, String device, OptionalLong liobn, String text) {
    String shown = text.isEmpty() ? firstLine(event.text()) : text;
    long at = event.ordinal();
    OptionalLong buid = event.has(Event.BUID) ? OptionalLong.of(event.buid()) : domain(device);
    OptionalLong ioba =
        event.has(Event.IOBA) ? OptionalLong.of(event.ioba()) : OptionalLong.empty();
    merge(
        new Key(kind, device, liobn),
        new Symptom(kind, at, at, 1, shown, device, buid, liobn, ioba));
  }

  private void merge(Key key, Symptom symptom) {
    found.merge(key, symptom, (first, next) -> first.again(next.ordinal()));
  }

  private static OptionalLong domain(String device) {
    int colon = device.indexOf(':');
    if (colon != 4) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(BUID_OF_DOMAIN_0 + Long.parseLong(device, 0, colon, HEX));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
