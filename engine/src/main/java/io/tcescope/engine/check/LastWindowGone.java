package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PEs that are left without any window. When the last created window goes the platform must give
 * the default one back (LoPAR R1-3); when the default one goes for another that is not made, the
 * guest must ask for it.
 */
final class LastWindowGone implements Check {
  /** A guest that replaces its default window does so within moments. */
  private static final long FLOW_NANOSECONDS = 10_000_000_000L;

  /** A PE without a window: which went last, and when. */
  private static final class Bare {
    final DmaWindow window;
    final long ordinal;
    final long time;

    /** False if another may be there since before the recording. */
    final boolean wasLast;

    /** An event that shows the guest to be done with the window, 0 if none did. */
    long movedOn;

    boolean otherPe;

    Bare(DmaWindow window, long ordinal, long time) {
      this.window = window;
      this.ordinal = ordinal;
      this.time = time;
      this.wasLast = window.bridge().showsAllWindows();
    }

    boolean isOver(long now) {
      return time != Event.NO_TIME && now != Event.NO_TIME && now - time > FLOW_NANOSECONDS;
    }
  }

  private final Map<Long, Bare> bare = new HashMap<>();

  @Override
  public int interests() {
    int calls = Signal.WINDOW_CALL | Signal.DEAD_LIOBN;
    return Signal.OPENED | Signal.CLOSED | (bare.isEmpty() ? 0 : calls);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    change.opened().stream()
        .filter(window -> window.openedBy() < event.ordinal())
        .forEach(this::isNotBare);
    if (!bare.isEmpty() && !change.has(Signal.CLOSED)) {
      proved(event, change, state, findings);
      bare.values().forEach(gone -> moveOn(gone, event, change, state));
    }
    change.opened().forEach(window -> opened(event, window, findings));
    for (DmaWindow window : change.closed()) {
      Bridge bridge = window.bridge();
      long buid = bridge.buid();
      bare.remove(buid);
      if (buid != 0
          && window.closedFor() == Change.Cause.REMOVE
          && (state.rules().showsRestores() || bridge.showsDefault())
          && state.windows(bridge).isEmpty()) {
        bare.put(buid, new Bare(window, event.ordinal(), event.time()));
      }
    }
  }

  /** A window was there before the event that shows it. */
  private void isNotBare(DmaWindow window) {
    bare.remove(window.bridge().buid());
  }

  @Override
  public void rebooted() {
    bare.clear();
  }

  /** The next operation of the PE proves that no default window came back by itself. */
  private void proved(Event event, Change change, IommuState state, Findings findings) {
    boolean restored = change.cause() == Change.Cause.AUTO_RESTORE;
    long buid =
        event.kind().isTceCall() || !event.has(Event.BUID)
            ? change.window().bridge().buid()
            : event.buid();
    Bare gone = bare.get(buid);
    if (gone == null || restored || gone.window.role() == Role.DEFAULT) {
      return;
    }
    bare.remove(buid);
    boolean counts = event.kind() == EventKind.QUERY_PE_DMA_WINDOW;
    long most = state.rules().machine().windowsPerPe().orElse(Bridge.MOST_WINDOWS);
    boolean all = counts && event.available() >= most;
    if (all || gone.wasLast) {
      notRestored(gone, event, findings);
    } else if (!counts) {
      notRestored(gone, event, findings).atMost(Confidence.LOW);
    }
  }

  /** The attempt to replace the window is over when the guest turns to another PE, or in time. */
  private static void moveOn(Bare gone, Event event, Change change, IommuState state) {
    long buid = event.has(Event.BUID) ? event.buid() : change.window().bridge().buid();
    boolean otherPe =
        change.has(Signal.WINDOW_CALL) && buid != 0 && buid != gone.window.bridge().buid();
    if (gone.movedOn == 0 && (otherPe || isOver(gone, event.time(), state))) {
      gone.movedOn = event.ordinal();
      gone.otherPe = otherPe;
    }
  }

  /** Time proves nothing in a recording that may not show the window that took the place. */
  private static boolean isOver(Bare gone, long now, IommuState state) {
    return state.rules().showsTables() && gone.isOver(now);
  }

  private static Draft notRestored(Bare gone, @Nullable Event proof, Findings findings) {
    long ordinal = proof == null ? gone.ordinal : proof.ordinal();
    Draft draft =
        findings
            .report(Rule.DEFAULT_WINDOW_NOT_AUTO_RESTORED, ordinal)
            .atMost(gone.window.role() == Role.DDW ? Confidence.CERTAIN : Confidence.LOW)
            .window(gone.window)
            .address("buid", gone.window.bridge().buid())
            .data("removedBy", gone.ordinal)
            .message("PE {buid} has no window: its last one, {liobn}, went and none came back")
            .evidence(gone.ordinal, "removes the last window");
    if (proof == null) {
      return draft.atMost(Confidence.INFERRED);
    }
    draft.evidence(ordinal, "is the PE's next operation: nothing was restored before it");
    if (proof.kind() == EventKind.QUERY_PE_DMA_WINDOW) {
      draft.data("available", proof.available());
    }
    return draft;
  }

  /** A window at last: too late if the guest did without for long. */
  private void opened(Event event, DmaWindow window, Findings findings) {
    Bare gone = bare.remove(window.bridge().buid());
    if (gone == null || gone.window.role() != Role.DEFAULT) {
      return;
    }
    if (gone.isOver(event.time())) {
      withoutWindow(gone, findings)
          .evidence(event.ordinal(), "gives the PE a window again, much later");
    }
  }

  private static Draft withoutWindow(Bare gone, Findings findings) {
    return findings
        .report(Rule.DEFAULT_WINDOW_NOT_RESTORED_AFTER_FAILURE, gone.ordinal)
        .atMost(Confidence.INFERRED)
        .window(gone.window)
        .address("buid", gone.window.bridge().buid())
        .message("Default window {liobn} of PE {buid} went, and no window took its place")
        .evidence(gone.ordinal, "removes the default window, the PE's last")
        .evidence(
            gone.movedOn,
            gone.otherPe
                ? "shows the guest at another PE"
                : "is more than 10 s later, with no window on the PE");
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    List<Bare> left = new ArrayList<>(bare.values());
    for (Bare gone : left) {
      if (gone.window.role() == Role.DEFAULT) {
        long now = past.time(state.events()).orElse(Event.NO_TIME);
        if (gone.movedOn == 0 && isOver(gone, now, state)) {
          gone.movedOn = state.events();
        }
        if (gone.movedOn > 0) {
          withoutWindow(gone, findings);
        }
      } else if (gone.wasLast && gone.ordinal < state.events()) {
        notRestored(gone, null, findings);
      }
    }
  }
}
