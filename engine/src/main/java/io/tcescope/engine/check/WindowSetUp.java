package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * Windows that were created, could not be filled, and were left behind. A window without any call
 * is none: firmware makes such, and a dynamic one is empty until a driver maps.
 */
final class WindowSetUp implements Check {
  private record Failure(long ordinal, long buid, long configAddress, long created) {}

  private final WindowHistory history;
  private final Map<DmaWindow, Failure> failed = new HashMap<>();

  WindowSetUp(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.REFUSED | (failed.isEmpty() ? 0 : Signal.CLOSED | Signal.WINDOW_CALL);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.CLOSED)) {
      change.closed().forEach(failed::remove);
    }
    if (isOfFilling(event, change.window())) {
      refused(event, change.window());
    } else if (change.has(Signal.WINDOW_CALL) && event.has(Event.BUID)) {
      otherFlow(event, findings);
    }
  }

  /** A map that begins in the window: one far outside is none of its filling. */
  private static boolean isOfFilling(Event event, DmaWindow window) {
    boolean map =
        event.kind() == EventKind.H_PUT_TCE || event.kind() == EventKind.H_PUT_TCE_INDIRECT;
    return map && (!event.has(Event.IOBA) || !window.hasGeometry() || window.covers(event.ioba()));
  }

  private void refused(Event event, DmaWindow window) {
    if (!window.isOpen() || window.mapping() != Mapping.UNDECIDED) {
      return;
    }
    history
        .creation(window)
        .ifPresent(
            made ->
                failed.putIfAbsent(
                    window,
                    new Failure(
                        event.ordinal(),
                        window.bridge().buid(),
                        made.configAddress(),
                        made.ordinal())));
  }

  /** A call for another device or PE: the flow that made the window is over. */
  private void otherFlow(Event event, Findings findings) {
    failed
        .entrySet()
        .removeIf(
            entry -> {
              Failure failure = entry.getValue();
              boolean same =
                  failure.buid() == event.buid()
                      && failure.configAddress() == event.configAddress();
              if (!same) {
                leaked(entry.getKey(), failure, event, findings);
              }
              return !same;
            });
  }

  private static void leaked(DmaWindow window, Failure failure, Event proof, Findings findings) {
    if (window.mapping() != Mapping.UNDECIDED) {
      return; // a later call succeeded
    }
    findings
        .report(Rule.DDW_LEAKED_ON_ERROR_PATH, proof.ordinal())
        .atMost(Confidence.INFERRED)
        .window(window)
        .ioba(window.start())
        .data("created", failure.created())
        .message("Window {liobn} could not be filled and was left behind")
        .evidence(failure.created(), "creates the window")
        .evidence(failure.ordinal(), "fails to fill it")
        .evidence(
            proof.ordinal(), "belongs to another set-up: this one is over, the window is there");
  }
}
