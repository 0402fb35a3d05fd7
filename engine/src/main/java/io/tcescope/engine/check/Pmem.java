package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Persistent memory, which may lie far beyond what a 1:1 window covers. */
final class Pmem implements Check {
  private static final String SKIPPED = "Skipping ibm,pmemory";

  private final Storms storms = new Storms();

  /** Bridges whose guest said that it leaves persistent memory out, by the event that says so. */
  private final Map<Long, Long> skipped = new HashMap<>();

  @Override
  public int interests() {
    return Signal.RECORD | Signal.OUTSIDE_MEMORY | Signal.OUT_OF_WINDOW;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.LOG) {
      if (event.text().contains(SKIPPED)) {
        said(event, state, findings);
      }
      return;
    }
    DmaWindow window = change.window();
    if (!event.kind().isTceCall() || !window.isOpen()) {
      return;
    }
    if (change.has(Signal.OUT_OF_WINDOW | Signal.REFUSED) && isDirect(window)) {
      beyond(event, window, findings);
    } else if (change.has(Signal.OUTSIDE_MEMORY) && !isDirect(window)) {
      elsewhere(event, change, state, findings);
    }
  }

  private static boolean isDirect(DmaWindow window) {
    return window.mapping() == Mapping.DIRECT;
  }

  private void said(Event event, IommuState state, Findings findings) {
    long buid = PciDomain.buid(event, state).orElse(0);
    skipped.computeIfAbsent(
        buid,
        key -> {
          findings
              .report(Rule.PMEM_NOT_COVERED, event.ordinal())
              .address("buid", buid)
              .message("The guest leaves persistent memory out of the window of PE {buid}")
              .evidence(event.ordinal(), "says so");
          return event.ordinal();
        });
  }

  /** 1:1 as far as the place tells, but the place is behind the window's end. */
  private void beyond(Event event, DmaWindow window, Findings findings) {
    if (event.kind() != EventKind.H_PUT_TCE_INDIRECT || !namesIdentity(event, window)) {
      return;
    }
    storms
        .add(
            Storms.Key.of(Rule.PMEM_HOTPLUG_OUT_OF_WINDOW, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.PMEM_HOTPLUG_OUT_OF_WINDOW, event.ordinal())
                    .window(window)
                    .ioba(event)
                    .address("memory", event.ioba() - window.start())
                    .address("reach", window.entries() << window.pageShift())
                    .data("operations", 0L)
                    .message(
                        "Memory at {memory} cannot be mapped 1:1 in {liobn}, which reaches"
                            + " {reach}"))
        .evidence(event.ordinal(), "maps memory behind the window's end");
    findings.explain();
  }

  private static boolean namesIdentity(Event event, DmaWindow window) {
    boolean whole = event.has(Event.LIST) && event.listLength() > 0;
    if (!whole && !event.has(Event.LIST_LAST_ONLY)) {
      return false;
    }
    long tce = whole ? event.list(0) : event.tce();
    return Tce.isMapped(tce)
        && Tce.realAddress(tce, window.pageShift()) == event.ioba() - window.start();
  }

  /** Memory beyond the 1:1 window of the PE goes through its default window. */
  private void elsewhere(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    long address = Tce.realAddress(window.tce(change.first()), window.pageShift());
    Optional<DmaWindow> direct =
        window.bridge() == Bridge.NONE
            ? Optional.empty()
            : state.windows(window.bridge()).stream().filter(Pmem::isDirect).findFirst();
    Long told = skipped.getOrDefault(window.bridge().buid(), skipped.get(0L));
    boolean outOfReach =
        direct.isPresent()
            && Long.compareUnsigned(address, direct.get().entries() << direct.get().pageShift())
                >= 0;
    if (told == null || !outOfReach) {
      return; // without the guest's word it may be a bad pointer as well
    }
    findings.explain();
    storms
        .add(
            Storms.Key.of(Rule.PMEM_NOT_COVERED, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.PMEM_NOT_COVERED, event.ordinal())
                    .window(window)
                    .ioba(window.iobaOf(change.first()))
                    .address("memory", address)
                    .address("direct", direct.get().liobn())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:map|maps} of persistent memory in {liobn}, first"
                            + " {memory}, beyond the reach of 1:1 window {direct}")
                    .evidence(told, "says that persistent memory is left out"))
        .evidence(event.ordinal(), "maps memory that the 1:1 window does not reach");
  }
}
