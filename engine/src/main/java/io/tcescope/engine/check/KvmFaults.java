package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * Faults that old KVM hosts made of calls that failed half way. Which host it was no recording
 * tells, so all of this is a hint.
 */
final class KvmFaults implements Check {
  private static final int KEPT = 1024;
  private static final int HOST_PAGE_SHIFT = 16;

  private record Entry(long liobn, long index) {}

  private final Map<Entry, Long> failedLists = new HashMap<>();
  private final Map<Entry, Long> largePuts = new HashMap<>();

  @Override
  public int interests() {
    boolean empty = failedLists.isEmpty() && largePuts.isEmpty();
    return Signal.REFUSED | Signal.RECORD | (empty ? 0 : Signal.FAULT);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (state.rules().platform() != Platform.KVM) {
      return;
    }
    if (change.has(Signal.FAULT)) {
      fault(event, change, findings);
    } else if (event.kind().isTceCall() && !event.succeeded()) {
      failed(event, state.window(event.liobn()));
    }
  }

  private void failed(Event event, DmaWindow window) {
    if (!window.isOpen() || !window.hasGeometry() || !event.has(Event.IOBA)) {
      return;
    }
    Entry entry = new Entry(window.liobn(), window.indexOf(event.ioba()));
    boolean many = event.kind() == EventKind.H_PUT_TCE_INDIRECT && event.pages() > 1;
    boolean large = window.pageShift() > HOST_PAGE_SHIFT && event.kind() == EventKind.H_PUT_TCE;
    if (many && failedLists.size() < KEPT) {
      failedLists.put(entry, event.ordinal());
    } else if (large && event.status() == HcallStatus.H_TOO_HARD && largePuts.size() < KEPT) {
      largePuts.put(entry, event.ordinal());
    }
  }

  private void fault(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    if (!window.isOpen() || !window.hasGeometry()) {
      return;
    }
    Entry entry = new Entry(window.liobn(), change.lookedUp());
    Long list = failedLists.remove(entry);
    if (list != null) {
      hint(Rule.KVM_WRONG_ENTRY_CLEARED, event, change, findings)
          .message(
              "A device faults at {ioba} of {liobn}, where a list began that failed further on")
          .evidence(list, "fails")
          .evidence(event.ordinal(), "is the access");
    }
    Long put = largePuts.remove(entry);
    if (put != null) {
      hint(Rule.KVM_SHADOW_PAGE_MISMATCH, event, change, findings)
          .message(
              "A device faults inside the large entry at {ioba} of {liobn}, left to QEMU by KVM")
          .evidence(put, "was too hard for KVM")
          .evidence(event.ordinal(), "is the access");
    }
  }

  private static Draft hint(Rule rule, Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    return findings
        .report(rule, event.ordinal())
        .atMost(Confidence.LOW)
        .window(window)
        .ioba(window.iobaOf(change.lookedUp()));
  }
}
