package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Set-ups of windows that come to nothing: asked for in vain, given up, the wrong one taken down.
 */
final class AbandonedSetUps implements Check {
  /** ibm,create-pe-dma-window: try again. */
  private static final long BUSY = -2;

  private static final long FIRST_DELAY = 9900;
  private static final long LAST_DELAY = 9905;
  private static final long PATIENCE = 10;
  private static final long PATIENCE_NANOSECONDS = 10_000_000_000L;

  /** What a create asks for. */
  private record Request(long buid, long configAddress, int pageShift, long entries) {}

  /** Creates of one request that were answered busy, one after the other. */
  private static final class Retries {
    final long first;
    final long firstTime;
    long count;
    @Nullable Draft draft;

    Retries(Event event) {
      first = event.ordinal();
      firstTime = event.time();
    }
  }

  private record Failure(DmaWindow window, long ordinal) {}

  private final WindowHistory history;
  private final Map<Request, Retries> retries = new HashMap<>();

  /** PEs whose latest created window met a failing call, until something else happens there. */
  private final Map<Long, Failure> failed = new HashMap<>();

  /** Windows that a create made before everybody's eyes, so that all that was in them was seen. */
  private final Set<DmaWindow> created = new HashSet<>();

  AbandonedSetUps(WindowHistory history) {
    this.history = history;
  }

  @Override
  public int interests() {
    return Signal.WINDOW_CALL | Signal.OPENED | Signal.CLOSED | Signal.REFUSED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    boolean refused = change.has(Signal.REFUSED);
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW && refused) {
      busy(event, findings);
    }
    if (change.has(Signal.OPENED)) {
      change.opened().forEach(window -> failed.remove(window.bridge().buid()));
      if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW) {
        created.addAll(change.opened());
      }
    }
    if (change.has(Signal.CLOSED)) {
      change.closed(Change.Cause.REMOVE).forEach(window -> removed(event, window, findings));
      change.closed().forEach(created::remove);
    }
    DmaWindow window = change.window();
    boolean map =
        event.kind() == EventKind.H_PUT_TCE || event.kind() == EventKind.H_PUT_TCE_INDIRECT;
    if (refused && map && window.isOpen() && history.creation(window).isPresent()) {
      failed.putIfAbsent(window.bridge().buid(), new Failure(window, event.ordinal()));
    }
  }

  @Override
  public void rebooted() {
    retries.clear();
    failed.clear();
  }

  private void busy(Event event, Findings findings) {
    boolean again =
        event.status() == BUSY || (event.status() >= FIRST_DELAY && event.status() <= LAST_DELAY);
    if (!again || !event.has(Event.BUID | Event.CONFIG_ADDRESS)) {
      return;
    }
    Request request =
        new Request(event.buid(), event.configAddress(), event.pageShift(), event.entries());
    Retries asked = retries.computeIfAbsent(request, key -> new Retries(event));
    asked.count++;
    boolean timed = event.time() != Event.NO_TIME && asked.firstTime != Event.NO_TIME;
    long nanoseconds = timed ? event.time() - asked.firstTime : 0;
    if (asked.draft == null && (asked.count > PATIENCE || nanoseconds > PATIENCE_NANOSECONDS)) {
      asked.draft =
          findings
              .report(Rule.DDW_CREATE_RETRY_STORM, asked.first)
              .address("buid", event.buid())
              .address("configAddress", event.configAddress())
              .message(
                  "The same window was asked for {operations} {operations:time|times} and the"
                      + " platform was busy")
              .evidence(asked.first, "is the first of them")
              .evidence(event.ordinal(), "goes beyond what is to be expected");
    }
    if (asked.draft != null) {
      asked.draft.data("operations", asked.count).data("lastEvent", event.ordinal());
    }
  }

  private void removed(Event event, DmaWindow window, Findings findings) {
    Failure failure = failed.remove(window.bridge().buid());
    if (failure != null && failure.window() != window && isUseless(failure.window())) {
      wrong(event, window, failure, findings);
    } else if (failure == null && window.role() == Role.DDW && isUntouched(window)) {
      findings
          .report(Rule.DDW_REFUSED_WITHOUT_MMIO32, window.openedBy())
          .window(window)
          .message("Window {liobn} was created and removed unused")
          .evidence(window.openedBy(), "creates the window")
          .evidence(event.ordinal(), "removes it");
    }
  }

  private static boolean isUseless(DmaWindow window) {
    return window.isOpen() && window.peakMapped() == 0;
  }

  private boolean isUntouched(DmaWindow window) {
    return created.contains(window)
        && window.peakMapped() == 0
        && window.sweep().calls() == 0
        && window.unknown() == 0;
  }

  private static void wrong(Event event, DmaWindow window, Failure failure, Findings findings) {
    InUse inUse = InUse.of(window.inUse());
    if (inUse.live() == 0) {
      return;
    }
    Draft draft = inUse.describe(findings.report(Rule.WRONG_WINDOW_REMOVED, event.ordinal()));
    draft
        .address("failed", failure.window().liobn())
        .message(
            "Window {liobn} with "
                + InUse.liveEntries(draft)
                + " removed; the set-up that had failed was that of {failed}")
        .evidence(failure.window().openedBy(), "creates the window")
        .evidence(failure.ordinal(), "fails in it")
        .evidence(event.ordinal(), "removes another one");
  }
}
