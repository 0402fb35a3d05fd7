package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Recorder;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls as the processors of a KVM guest make them: each begins, and ends or leaves KVM. Two may
 * meet in one entry, and one that KVM leaves to QEMU must be made there.
 */
final class VcpuCalls implements Check {
  /** What a record of a beginning call on a table holds. */
  static final int BEGUN = Event.LIOBN | Event.IOBA | Event.ID;

  private static final int EVERYTHING = -1;
  private static final long H_GET_TCE = 28;

  private record Call(long liobn, long ioba, long pages, boolean reads, long ordinal) {}

  private record HandedOn(EventKind kind, long liobn, long ioba, long ordinal) {}

  private final Storms storms = new Storms();
  private final Map<Long, Call> running = new HashMap<>();
  private final Map<Long, HandedOn> handedOn = new HashMap<>();
  private boolean qemuSpeaks;

  /** True if the record of a call on a table says that a processor has left KVM. */
  static boolean ends(Event event) {
    return event.status() == HcallStatus.H_TOO_HARD || Recorder.isKvmEnd(event);
  }

  @Override
  public int interests() {
    return running.isEmpty() && handedOn.isEmpty() ? Signal.RECORD : EVERYTHING; // LOST among it
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.LOST)) {
      running.clear(); // their ends may be among what is missing
      handedOn.clear();
    } else if (event.kind() == EventKind.PROBE && event.has(BEGUN)) {
      begun(event, state, findings);
    } else if (event.kind().isTceCall()) {
      ended(event);
    }
  }

  private void begun(Event event, IommuState state, Findings findings) {
    HandedOn lost = handedOn.remove(event.thread());
    if (lost != null && qemuSpeaks) {
      unresolved(lost, event, findings);
    }
    Call call =
        new Call(
            event.liobn(),
            event.ioba(),
            event.has(Event.PAGES) ? event.pages() : 1,
            event.id() == H_GET_TCE,
            event.ordinal());
    DmaWindow window = state.window(event.liobn());
    running.remove(event.thread());
    for (Call other : running.values()) {
      if (window.isOpen() && meet(call, other, window)) {
        race(call, other, window, findings);
      }
    }
    running.put(event.thread(), call);
  }

  private static boolean meet(Call one, Call other, DmaWindow window) {
    long first = window.indexOf(one.ioba());
    long second = window.indexOf(other.ioba());
    return one.liobn() == other.liobn()
        && !(one.reads() && other.reads())
        && first < second + other.pages()
        && second < first + one.pages();
  }

  private void race(Call call, Call other, DmaWindow window, Findings findings) {
    storms
        .add(
            Storms.Key.of(Rule.RACE_SAME_ENTRY, window, ""),
            call.ordinal(),
            () ->
                findings
                    .report(Rule.RACE_SAME_ENTRY, call.ordinal())
                    .window(window)
                    .ioba(call.ioba())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:time|times} two processors change {ioba} of"
                            + " {liobn} at once"))
        .evidence(other.ordinal(), "begins on one processor")
        .evidence(call.ordinal(), "begins on another before that has ended");
  }

  private void ended(Event event) {
    qemuSpeaks |= Recorder.isQemu(event);
    handedOn
        .values()
        .removeIf(
            call ->
                call.kind() == event.kind()
                    && call.liobn() == event.liobn()
                    && event.status() != HcallStatus.H_TOO_HARD);
    running.remove(event.thread());
    if (event.status() == HcallStatus.H_TOO_HARD) {
      handedOn.put(
          event.thread(), new HandedOn(event.kind(), event.liobn(), event.ioba(), event.ordinal()));
    }
  }

  private void unresolved(HandedOn call, Event next, Findings findings) {
    storms
        .add(
            new Storms.Key(Rule.TOO_HARD_UNRESOLVED, call.liobn(), 0, ""),
            call.ordinal(),
            () ->
                findings
                    .report(Rule.TOO_HARD_UNRESOLVED, call.ordinal())
                    .liobn(call.liobn())
                    .ioba(call.ioba())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:call|calls} on {liobn} {operations:was|were} left"
                            + " to QEMU, which made none"))
        .evidence(call.ordinal(), "leaves KVM")
        .evidence(next.ordinal(), "is the processor's next call");
  }
}
