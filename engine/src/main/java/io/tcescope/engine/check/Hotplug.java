package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Windows that outlive their device, and PEs that lose theirs over a reboot. */
final class Hotplug implements Check {
  /** Index of a slot's connector on QEMU: 0x40kkdddd of bridge kk; of a bridge's: 0x200000kk. */
  private static final long SLOT = 0x4;

  private static final int TYPE_SHIFT = 28;
  private static final int BRIDGE_SHIFT = 16;
  private static final long BRIDGE_MASK = 0xff;
  private static final String PANIC = "pci_dma_bus_setup_pSeriesLP";

  /** On QEMU the windows are the bridge's, and Linux may keep them for its other devices. */
  private record Isolation(Draft draft, long connector, boolean wholePe) {}

  /** Windows whose device was isolated while they were there. */
  private final Map<DmaWindow, Isolation> isolated = new LinkedHashMap<>();

  private final Map<Long, Long> firstOffer = new HashMap<>();
  private final Map<Long, Long> frozen = new LinkedHashMap<>();
  private final Boots boots;
  private long reset;
  private boolean panicked;

  Hotplug(Boots boots) {
    this.boots = boots;
  }

  @Override
  public int interests() {
    return Signal.RECORD | Signal.CLOSED | Signal.WINDOW_CALL;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    change.closed().forEach(isolated::remove);
    if (change.cause() == Change.Cause.MACHINE_RESET) {
      reset = event.ordinal();
    }
    switch (event.kind()) {
      case DRC_ISOLATED -> isolated(event, state, findings);
      case DRC_ATTACH -> attached(event);
      case QUERY_PE_DMA_WINDOW -> queried(event);
      case MACHINE_RESET -> reset = event.ordinal();
      case EEH -> frozen(event, state);
      case LOG -> {
        panicked(event, findings);
        recovered(event, state);
      }
      default -> {} // tells nothing of devices that come and go
    }
  }

  private void isolated(Event event, IommuState state, Findings findings) {
    if (event.id() >>> TYPE_SHIFT != SLOT) {
      return;
    }
    long number = event.id() >>> BRIDGE_SHIFT & BRIDGE_MASK;
    boolean wholePe = state.rules().platform() == Platform.POWERVM;
    for (DmaWindow window : state.windows()) {
      boolean ofBridge =
          window.bridge() != Bridge.NONE && (window.bridge().buid() & BRIDGE_MASK) == number;
      if (ofBridge && window.role() == Role.DDW) {
        isolated.computeIfAbsent(
            window, key -> new Isolation(alive(event, window, findings), event.id(), wholePe));
      }
    }
  }

  private static Draft alive(Event event, DmaWindow window, Findings findings) {
    return findings
        .report(Rule.WINDOW_LEAK_ACROSS_HOTPLUG, event.ordinal())
        .severity(Severity.INFO)
        .atMost(Confidence.INFERRED)
        .window(window)
        .address("connector", event.id())
        .message("Window {liobn} was there when a device of its bridge was isolated")
        .evidence(window.openedBy(), "made the window")
        .evidence(event.ordinal(), "isolates the device");
  }

  private void attached(Event event) {
    isolated.forEach(
        (window, isolation) -> {
          if (isolation.connector() == event.id()) {
            survived(isolation, event, "plugs a device in while the old window is still there");
          }
        });
  }

  private void queried(Event event) {
    if (!event.has(Event.BUID | Event.AVAILABLE)) {
      return;
    }
    long first = firstOffer.computeIfAbsent(event.buid(), buid -> event.available());
    isolated.forEach(
        (window, isolation) -> {
          if (window.bridge().buid() == event.buid() && event.available() < first) {
            survived(isolation, event, "offers fewer windows than at first");
          }
        });
  }

  private static void survived(Isolation isolation, Event event, String how) {
    isolation
        .draft()
        .severity(isolation.wholePe() ? Severity.ERROR : Severity.WARNING)
        .atMost(isolation.wholePe() ? Confidence.INFERRED : Confidence.LOW)
        .message("Window {liobn} outlived its device")
        .evidence(event.ordinal(), how);
  }

  private void frozen(Event event, IommuState state) {
    if (FreezeRecords.isRecovery(event)) {
      recovered(event, state);
    } else {
      PciDomain.buid(event, state).ifPresent(buid -> frozen.putIfAbsent(buid, event.ordinal()));
    }
  }

  private void recovered(Event event, IommuState state) {
    if (!frozen.isEmpty() && FreezeRecords.isOver(event)) {
      PciDomain.buid(event, state).ifPresentOrElse(frozen::remove, frozen::clear);
    }
  }

  private void panicked(Event event, Findings findings) {
    if (!panicked && event.text().contains(PANIC) && event.text().contains("NIP")) {
      panicked = true;
      findings
          .report(Rule.WINDOW_MISSING_AT_BOOT, event.ordinal())
          .atMost(Confidence.INFERRED)
          .message("The guest fell over a PE without a window while it set its buses up")
          .evidence(event.ordinal(), "is where it stopped");
    }
  }

  /** A frozen PE that was never heard of again after the reboot, while others were. */
  @Override
  public void end(IommuState state, Findings findings, Past past) {
    frozen.forEach(
        (buid, ordinal) -> {
          long boot = Math.max(reset > ordinal ? reset : 0, boots.since(ordinal).orElse(0));
          if (boot > 0
              && isActive(buid, false, boot, state)
              && !isActive(buid, true, boot, state)) {
            findings
                .report(Rule.WINDOW_MISSING_AT_BOOT, ordinal)
                .atMost(Confidence.LOW)
                .address("buid", buid)
                .data("boot", boot)
                .message("PE {buid} was frozen at the reboot and made no call since")
                .evidence(ordinal, "freezes the PE")
                .evidence(boot, "is a boot; other PEs are at work after it");
          }
        });
  }

  private static boolean isActive(long buid, boolean same, long since, IommuState state) {
    for (DmaWindow window : state.windows()) {
      boolean asked = window.bridge() != Bridge.NONE && (window.bridge().buid() == buid) == same;
      if (asked && lastWriter(window) > since) {
        return true;
      }
    }
    return false;
  }

  private static long lastWriter(DmaWindow window) {
    long[] last = {Mark.writer(window.table().background())};
    window.visit(
        (first, count, value, step, mark) -> last[0] = Math.max(last[0], Mark.writer(mark)));
    return last[0];
  }
}
