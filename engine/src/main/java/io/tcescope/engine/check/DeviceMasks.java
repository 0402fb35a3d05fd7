package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Sweep;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Devices that cannot reach the bus addresses of the windows their PE has. */
final class DeviceMasks implements Check {
  private static final long FOUR_GIB = 1L << 32;

  /** Widths at which devices cut addresses short. */
  private static final int[] WIDTHS = {32, 40, 48};

  private static final String COMPLAINT = "IOMMU offset too big for device mask";
  private static final Pattern MASK = Pattern.compile("\\bmask: 0x([0-9a-f]{1,16}), table offset");

  /** A PE whose default window gave way to one above 4 GiB. */
  private static final class HighOnly {
    final DmaWindow gone;
    final DmaWindow high;
    final long configAddress;
    @Nullable Draft draft;

    HighOnly(DmaWindow gone, DmaWindow high, long configAddress) {
      this.gone = gone;
      this.high = high;
      this.configAddress = configAddress;
    }
  }

  private final WindowHistory history;
  private final Storms storms = new Storms();
  private final Map<Long, TreeMap<Long, Long>> functions = new HashMap<>();
  private final Map<Long, HighOnly> highOnly = new HashMap<>();
  private final Map<Long, Draft> complaints = new HashMap<>();
  private @Nullable Draft lastComplaint;

  DeviceMasks(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.WINDOW_CALL | Signal.OPENED | Signal.CLOSED | Signal.RECORD | Signal.FAULT;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    change.closed().forEach(window -> highOnly.remove(window.bridge().buid()));
    if (change.has(Signal.WINDOW_CALL)) {
      windowCall(event, change, state, findings);
    } else if (event.kind() == EventKind.LOG) {
      message(event, state, findings);
    } else if (change.has(Signal.FAULT)) {
      cutShort(event, change, state, findings);
    }
  }

  private void windowCall(Event event, Change change, IommuState state, Findings findings) {
    boolean asks =
        event.kind() == EventKind.QUERY_PE_DMA_WINDOW
            || event.kind() == EventKind.CREATE_PE_DMA_WINDOW;
    if (!asks || !event.has(Event.BUID | Event.CONFIG_ADDRESS)) {
      return;
    }
    functions
        .computeIfAbsent(event.buid(), buid -> new TreeMap<>())
        .putIfAbsent(event.configAddress(), event.ordinal());
    for (DmaWindow window : change.opened()) {
      opened(event, window, state);
    }
    HighOnly pe = highOnly.get(event.buid());
    if (pe != null && pe.draft == null) {
      otherFunction(pe, event.buid())
          .ifPresent(other -> report(pe, findings).evidence(other, "comes from another function"));
    }
  }

  private void opened(Event event, DmaWindow window, IommuState state) {
    long buid = window.bridge().buid();
    history
        .closing(window.bridge().defaultLiobn())
        .filter(closing -> closing.window().role() == Role.DEFAULT)
        .filter(closing -> closing.cause() == Change.Cause.REMOVE)
        .filter(closing -> state.windows(window.bridge()).stream().allMatch(DeviceMasks::isHigh))
        .ifPresent(
            closing ->
                highOnly.put(buid, new HighOnly(closing.window(), window, event.configAddress())));
  }

  private static boolean isHigh(DmaWindow window) {
    return Long.compareUnsigned(window.start(), FOUR_GIB) >= 0;
  }

  private OptionalLong otherFunction(HighOnly pe, long buid) {
    return functions.getOrDefault(buid, new TreeMap<>()).entrySet().stream()
        .filter(asked -> asked.getKey() != pe.configAddress)
        .mapToLong(Map.Entry::getValue)
        .findFirst();
  }

  private static Draft report(HighOnly pe, Findings findings) {
    Draft draft = pe.draft;
    if (draft == null) {
      draft =
          findings
              .report(Rule._32_BIT_DEVICE_LEFT_WITHOUT_WINDOW, pe.high.openedBy())
              .severity(Severity.INFO)
              .window(pe.high)
              .address("gone", pe.gone.liobn())
              .address("start", pe.high.start())
              .message(
                  "Window {gone} gave way to {liobn} at {start}: another function of the PE that"
                      + " reaches 32 bits only has no window")
              .evidence(pe.gone.closedBy(), "took the default window away")
              .evidence(pe.high.openedBy(), "made the only window, above 4 GiB");
      pe.draft = draft;
    }
    return draft;
  }

  private void message(Event event, IommuState state, Findings findings) {
    String text = event.text();
    Matcher mask = MASK.matcher(text);
    if (text.contains(COMPLAINT)) {
      lastComplaint = complained(event, state, findings);
    } else if (lastComplaint != null && mask.find()) {
      lastComplaint.data("mask", "0x" + mask.group(1));
      lastComplaint = null;
    }
  }

  private Draft complained(Event event, IommuState state, Findings findings) {
    OptionalLong buid = PciDomain.buid(event, state);
    HighOnly pe = highOnly.get(buid.orElse(0));
    if (pe != null) {
      return named(report(pe, findings), event)
          .severity(Severity.ERROR)
          .evidence(event.ordinal(), "is a device's complaint that it cannot reach the window");
    }
    return complaints
        .computeIfAbsent(buid.orElse(0), key -> beyond(event, state, findings))
        .count("operations", 1);
  }

  private static Draft beyond(Event event, IommuState state, Findings findings) {
    boolean named = !PciDomain.device(event).isEmpty();
    Draft draft =
        named(findings.report(Rule.BUS_ADDRESS_BEYOND_DEVICE_MASK, event.ordinal()), event)
            .data("operations", 0L)
            .message(
                named
                    ? "Device {device} cannot reach the bus addresses of its window"
                    : "A device cannot reach the bus addresses of its window")
            .evidence(event.ordinal(), "is the guest's complaint");
    PciDomain.windows(event, state).stream().findFirst().ifPresent(draft::window);
    return draft;
  }

  private static Draft named(Draft draft, Event event) {
    String device = PciDomain.device(event);
    return device.isEmpty() ? draft : draft.data("device", device);
  }

  /** A fault where a live entry lies but for the high bits of its address. */
  private void cutShort(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    boolean judged = window.isOpen() && window.hasGeometry() && window.bridge() != Bridge.NONE;
    if (findings.explained() || !judged || wasWritten(window, change.lookedUp())) {
      return;
    }
    long ioba = window.iobaOf(change.lookedUp());
    for (DmaWindow other : state.windows(window.bridge())) {
      for (int width : WIDTHS) {
        long low = (1L << width) - 1;
        long whole = (other.start() & ~low) | (ioba & low);
        if (whole != ioba && (ioba & ~low) == 0 && other.isLive(other.indexOf(whole))) {
          report(event, other, ioba, whole, findings);
          return;
        }
      }
    }
  }

  /** The guest's clear of the whole window, as when it sets it up, is no sign of a mapping. */
  private static boolean wasWritten(DmaWindow window, long index) {
    long writer = window.contains(index) ? Mark.writer(window.mark(index)) : 0;
    Sweep sweep = window.sweep();
    boolean swept = writer >= sweep.firstEvent() && writer <= sweep.lastEvent();
    return writer > window.openedBy() && !swept;
  }

  private void report(Event event, DmaWindow other, long ioba, long whole, Findings findings) {
    storms.add(
        Storms.Key.of(Rule.BUS_ADDRESS_BEYOND_DEVICE_MASK, other, ""),
        event.ordinal(),
        () ->
            findings
                .report(Rule.BUS_ADDRESS_BEYOND_DEVICE_MASK, event.ordinal())
                .atMost(Confidence.LOW)
                .window(other)
                .ioba(ioba)
                .address("whole", whole)
                .data("operations", 0L)
                .message(
                    "A device faults at {ioba}, which is {whole} of {liobn} without its high bits")
                .evidence(Mark.writer(other.mark(other.indexOf(whole))), "mapped the whole address")
                .evidence(event.ordinal(), "is the access"));
  }
}
