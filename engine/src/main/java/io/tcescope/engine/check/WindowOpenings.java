package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Geometry;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Notation;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.Optional;

/** Where a new window lies: on another window, on MMIO, on the reused LIOBN of an older one. */
final class WindowOpenings implements Check {
  /** QEMU's {@code SPAPR_PCI_MSI_WINDOW}: one page of the bus raises interrupts. */
  private static final BusRange MSI = new BusRange(0x40000000000L, 0x40000000fffL);

  private final WindowHistory history;

  WindowOpenings(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.OPENED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    for (DmaWindow window : change.opened()) {
      if (!window.isOpen()) {
        continue; // replaced by the same event
      }
      overlaps(event, window, state, findings);
      if (change.cause() == Change.Cause.CREATE) {
        created(event, window, state, findings);
      }
      if (change.cause() == Change.Cause.ASSUMED && event.kind().isTceCall()) {
        unannounced(event, window, findings);
      }
    }
  }

  private void created(Event event, DmaWindow window, IommuState state, Findings findings) {
    reusesLiobn(event, window, findings);
    sizeMismatch(event, window, findings);
    if (!window.hasGeometry()) {
      return;
    }
    if (window.start() == 0) {
      findings
          .report(Rule.DDW_AT_BUS_ZERO, event.ordinal())
          .window(window)
          .ioba(0)
          .address("end", window.end())
          .message("Window {liobn} was created at bus address 0, up to {end}")
          .evidence(window.openedBy(), "creates the window");
    }
    Machine machine = state.rules().machine();
    if (machine.knowsMmio32()) {
      covers(
          Rule.DDW_OVERLAPS_MMIO32,
          "32-bit MMIO",
          BusRange.of(machine.mmio32()),
          event,
          window,
          findings);
    }
    if (state.rules().platform() != Platform.POWERVM) {
      covers(Rule.DDW_OVERLAPS_MSI_WINDOW, "the MSI doorbell", MSI, event, window, findings);
    }
  }

  private static void covers(
      Rule rule, String what, BusRange range, Event event, DmaWindow window, Findings findings) {
    BusRange.of(window)
        .overlap(range)
        .ifPresent(
            shared ->
                findings
                    .report(rule, event.ordinal())
                    .window(window)
                    .ioba(shared.first())
                    .address("overlapStart", shared.first())
                    .address("overlapEnd", shared.end())
                    .message(
                        "Window {liobn} covers " + what + ", {overlapStart} up to {overlapEnd}")
                    .evidence(window.openedBy(), "creates the window"));
  }

  private void reusesLiobn(Event event, DmaWindow window, Findings findings) {
    Optional<WindowHistory.Closing> before = history.closing(window.liobn());
    if (before.isEmpty()) {
      return;
    }
    DmaWindow old = before.get().window();
    boolean alike = old.start() == window.start() && old.pageShift() == window.pageShift();
    if (alike || !old.hasGeometry() || !window.hasGeometry()) {
      return;
    }
    boolean meets = BusRange.of(old).overlap(BusRange.of(window)).isPresent();
    findings
        .report(Rule.LIOBN_REUSE, event.ordinal())
        .atMost(isSurelyOther(old, window) ? Confidence.CERTAIN : Confidence.INFERRED)
        .window(window)
        .address("oldStart", old.start())
        .data("oldPageShift", old.pageShift())
        .address("start", window.start())
        .data("pageShift", window.pageShift())
        .data("oldLive", old.inUse().mapped())
        .data("oldPage", Notation.pageSize(old.pageShift()))
        .data("page", Notation.pageSize(window.pageShift()))
        .message(
            "LIOBN {liobn} named a window at {oldStart} with pages of {oldPage} before, now another"
                + " at {start} with pages of {page}: "
                + (meets
                    ? "late frees of the old one's mappings clear entries of the new one"
                    : "late calls for the old one's addresses fail with H_PARAMETER"))
        .evidence(old.openedBy(), "opened the older window")
        .evidence(before.get().ordinal(), "closed it")
        .evidence(window.openedBy(), "gives its LIOBN to a new window");
  }

  /** True if a record tells of the older window's making, and that it was not alike. */
  private static boolean isSurelyOther(DmaWindow old, DmaWindow window) {
    boolean placed = old.geometry() == Geometry.OBSERVED || old.pageShift() != window.pageShift();
    return old.openedBy() != 0 && placed;
  }

  /** What was asked for is in the size, what was granted in page and number of entries. */
  private static void sizeMismatch(Event event, DmaWindow window, Findings findings) {
    boolean told = event.has(Event.SIZE | Event.PAGE_SHIFT | Event.ENTRIES);
    if (told && event.size() != event.entries() << event.pageShift()) {
      findings
          .report(Rule.WINDOW_CREATE_SIZE_MISMATCH, event.ordinal())
          .window(window)
          .address("asked", event.size())
          .address("granted", event.entries() << event.pageShift())
          .message("Window {liobn} has {granted} bytes, {asked} were asked for")
          .evidence(event.ordinal(), "creates the window");
    }
  }

  private void overlaps(Event event, DmaWindow window, IommuState state, Findings findings) {
    if (!window.hasGeometry() || window.role() == Role.VIO || window.bridge().buid() == 0) {
      return;
    }
    for (DmaWindow other : state.windows(window.bridge())) {
      if (other != window && other.hasGeometry()) {
        BusRange.of(window)
            .overlap(BusRange.of(other))
            .ifPresent(shared -> overlap(event, window, other, shared, findings));
      }
    }
  }

  /**
   * Which of the two translates is not in the recording; where it was seen, it was the older one. A
   * window that was there before the recording is the older one.
   */
  private static void overlap(
      Event event, DmaWindow found, DmaWindow beside, BusRange shared, Findings findings) {
    boolean older = found.openedBy() == 0 && beside.openedBy() != 0;
    DmaWindow window = older ? beside : found;
    DmaWindow other = older ? found : beside;
    boolean placed =
        window.geometry() == Geometry.OBSERVED && other.geometry() == Geometry.OBSERVED;
    findings
        .report(Rule.WINDOWS_OVERLAP, event.ordinal())
        .atMost(placed ? Confidence.CERTAIN : Confidence.INFERRED)
        .window(window)
        .ioba(shared.first())
        .address("overlapStart", shared.first())
        .address("overlapEnd", shared.end())
        .address("other", other.liobn())
        .data("otherOpenedBy", other.openedBy())
        .data("otherPageShift", other.pageShift())
        .data("otherLive", other.mapped())
        .data("pageShift", window.pageShift())
        .data("live", window.mapped())
        .message(
            window.openedBy() == 0
                ? "Windows {liobn} and {other} share {overlapStart} up to {overlapEnd}"
                : "Window {liobn} was placed on top of window {other}, which is still there:"
                    + " {overlapStart} up to {overlapEnd}")
        .evidence(other.openedBy(), "opened the window below")
        .evidence(window.openedBy(), "opens another one over it")
        .evidence(window.openedBy() == event.ordinal() ? 0 : event.ordinal(), "shows both");
  }

  /** No fault of the guest's: the recording began after the window was made. */
  private static void unannounced(Event event, DmaWindow window, Findings findings) {
    findings
        .report(Rule.UNKNOWN_LIOBN, event.ordinal())
        .severity(Severity.INFO)
        .atMost(Confidence.INFERRED)
        .window(window)
        .message("Window {liobn} existed before the recording began")
        .evidence(event.ordinal(), "succeeds on a window that nothing announced");
  }
}
