package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;

/** Resets of windows that the platform does not offer, or that do less than is made of them. */
final class ResetCalls implements Check {
  /** The fact whether {@code ibm,ddw-extensions} names the reset: yes or no. */
  static final String EXTENSION = "reset-extension";

  /** RTAS: parameter error, also "not supported". */
  private static final long NOT_SUPPORTED = -3;

  /** The fourth input of a reset: limited addresses wanted. */
  private static final long LIMITED = 1;

  private record Removal(DmaWindow window, long ordinal) {}

  private final Storms storms = new Storms();
  private final Map<Long, Removal> removals = new HashMap<>();

  /** Resets to limited addresses by PE, until the windows are queried again. */
  private final Map<Long, Long> limited = new HashMap<>();

  @Override
  public int interests() {
    return Signal.WINDOW_CALL | Signal.CLOSED | Signal.WAS_UNKNOWN;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.CLOSED)) {
      change.closed(Change.Cause.REMOVE).forEach(window -> removed(event, window, state, findings));
    }
    switch (event.kind()) {
      case RESET_PE_DMA_WINDOW -> reset(event, change, findings);
      case QUERY_PE_DMA_WINDOW -> limited.remove(event.buid());
      case CREATE_PE_DMA_WINDOW -> created(event, findings);
      case H_GET_TCE -> read(event, change, findings);
      default -> {} // nothing else has to do with resets
    }
  }

  private void removed(Event event, DmaWindow window, IommuState state, Findings findings) {
    if (window.role() != Role.DEFAULT) {
      return;
    }
    Removal removal = new Removal(window, event.ordinal());
    if (state.rules().machine().other(EXTENSION).equals("no")) {
      report(removal, findings);
    } else {
      removals.put(window.bridge().buid(), removal);
    }
  }

  private static Draft report(Removal removal, Findings findings) {
    return findings
        .report(Rule.DEFAULT_WINDOW_REMOVED_WITHOUT_RESET_EXTENSION, removal.ordinal())
        .window(removal.window())
        .message("Default window {liobn} removed, and the platform cannot give it back")
        .evidence(removal.ordinal(), "removes the default window");
  }

  private void reset(Event event, Change change, Findings findings) {
    boolean refused = change.has(Signal.REFUSED);
    boolean limits = event.has(Event.ID) && event.id() == LIMITED;
    Removal removal = removals.remove(event.buid());
    if (limits && refused) {
      findings
          .report(Rule.LIMITED_ADDRESS_RESET_FAILED, event.ordinal())
          .address("buid", event.buid())
          .data("status", event.status())
          .message("PE {buid} could not be reset to limited addresses (status {status})")
          .evidence(event.ordinal(), "is refused");
    } else if (limits) {
      limited.put(event.buid(), event.ordinal());
    } else if (refused && removal != null && event.status() == NOT_SUPPORTED) {
      report(removal, findings).evidence(event.ordinal(), "asks for it back and is refused");
    }
  }

  private void created(Event event, Findings findings) {
    Long reset = limited.remove(event.buid());
    if (reset != null) {
      findings
          .report(Rule.LIMITED_ADDRESS_RESET_FAILED, event.ordinal())
          .address("buid", event.buid())
          .message("A window of PE {buid} was asked for by what a query before the reset told")
          .evidence(reset, "resets the PE to limited addresses")
          .evidence(event.ordinal(), "asks for a window without a new query");
    }
  }

  /** What PowerVM may have kept over a reset turns out to be there. */
  private void read(Event event, Change change, Findings findings) {
    if (Mark.knowledge(change.readMark()) != Knowledge.RESET_MAY_KEEP) {
      return;
    }
    DmaWindow window = change.window();
    storms
        .add(
            Storms.Key.of(Rule.STALE_ENTRIES_AFTER_RESET, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.STALE_ENTRIES_AFTER_RESET, event.ordinal())
                    .window(window)
                    .ioba(window.iobaOf(change.first()))
                    .address("tce", event.tce())
                    .data("operations", 0L)
                    .message("Window {liobn} came back with old entries, first {tce} at {ioba}")
                    .evidence(window.openedBy(), "gave the window back"))
        .evidence(event.ordinal(), "reads an entry that nobody wrote since");
  }
}
