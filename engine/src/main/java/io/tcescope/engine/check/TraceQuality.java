package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Records that are missing, with and without the recorder's word. Stands first: what a hole
 * explains is no fault of the guest's.
 */
final class TraceQuality implements Check {
  private final Storms storms = new Storms();
  private @Nullable Draft lost;
  private @Nullable Draft mismatch;
  private @Nullable Draft hole;

  @Override
  public int interests() {
    return Signal.LOST | Signal.CONTRADICTED | Signal.INFERENCE_CONTRADICTED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (change.has(Signal.LOST)) {
      lost(event, findings);
    }
    boolean read = event.kind() == EventKind.H_GET_TCE && state.rules().platform() != Platform.QEMU;
    if (read && change.has(Signal.CONTRADICTED | Signal.INFERENCE_CONTRADICTED)) {
      misread(event, change, findings);
      findings.explain();
    } else if (change.has(Signal.CONTRADICTED)) {
      contradicted(event, change, state, findings);
      findings.explain();
    }
  }

  private void lost(Event event, Findings findings) {
    if (lost == null) {
      lost =
          findings
              .report(Rule.TRACE_LOST_EVENTS, event.ordinal())
              .data("gaps", 0L)
              .data("lost", 0L)
              .message(
                  "{lost} {lost:record|records} or more {lost:is|are} missing, in {gaps} {gaps:place|places}");
    }
    lost.count("gaps", 1)
        .count("lost", event.has(Event.SIZE) ? event.size() : 1)
        .evidence(event.ordinal(), "is where records are missing");
  }

  /** Elsewhere than on QEMU, whose tables are exact, a read may also show what others did. */
  private void misread(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    boolean known = change.has(Signal.CONTRADICTED);
    storms
        .add(
            Storms.Key.of(Rule.GET_MISMATCH, window, known),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.GET_MISMATCH, event.ordinal())
                    .atMost(known ? Confidence.CERTAIN : Confidence.LOW)
                    .window(window)
                    .ioba(event)
                    .address("tce", event.tce())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:read|reads} of {liobn} {operations:gives|give}"
                            + " other values than were written, first {tce} at {ioba}"))
        .evidence(event.ordinal(), "reads another value");
  }

  private void contradicted(Event event, Change change, IommuState state, Findings findings) {
    // A refused call may also show that the window is elsewhere than was assumed.
    boolean guessed =
        change.has(Signal.REFUSED) && state.rules().machine().isGuessed(change.window());
    Confidence sure = guessed ? Confidence.INFERRED : Confidence.CERTAIN;
    String orElse = guessed ? "; or the window is not as it was assumed to be (--qtree tells)" : "";
    if (mismatch == null) {
      mismatch =
          findings
              .report(Rule.MODEL_MISMATCH, event.ordinal())
              .atMost(sure)
              .data("contradictions", 0L)
              .message("The recording contradicts the replayed state: " + change.contradiction());
    }
    mismatch.count("contradictions", 1).evidence(event.ordinal(), change.contradiction());
    if (state.rules().platform() != Platform.QEMU) {
      return; // only QEMU's behaviour is known to the letter
    }
    if (hole == null) {
      hole =
          findings
              .report(Rule.TRACE_HOLE_SUSPECTED, event.ordinal())
              .atMost(sure)
              .data("contradictions", 0L)
              .data("earliestStart", Math.max(1, change.lastProof()))
              .data("latestEnd", event.ordinal())
              .evidence(change.lastProof(), "is the last event that proves what is disproved")
              .message("Events are missing before this one: " + change.contradiction() + orElse);
      if (change.window().isOpen()) {
        hole.window(change.window());
      }
    }
    hole.count("contradictions", 1).evidence(event.ordinal(), change.contradiction());
  }
}
