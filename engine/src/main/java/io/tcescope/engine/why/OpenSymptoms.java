package io.tcescope.engine.why;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.List;

/**
 * Symptoms that no finding explains: where a recording shows trouble and not what the rules need, a
 * list of findings alone would pass for health.
 */
public final class OpenSymptoms implements Observer {
  /** What all trouble shows itself by: most events are calls that succeed, and no concern. */
  private static final int TROUBLE = Signal.REFUSED | Signal.FAULT | Signal.RECORD | Signal.REBOOT;

  private final Symptoms symptoms;

  public OpenSymptoms(Trace trace) {
    symptoms = Symptoms.withoutTrails(trace);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (change.has(TROUBLE)) {
      symptoms.on(event, change, state);
    }
  }

  /**
   * The symptoms that none of the findings explains.
   *
   * @param state the state at the end
   */
  public List<Symptom> beside(List<Finding> findings, IommuState state) {
    List<Finding> grave =
        findings.stream().filter(one -> one.severity().atLeast(Severity.WARNING)).toList();
    return symptoms.found().stream()
        .filter(symptom -> grave.stream().noneMatch(one -> explains(one, symptom, state)))
        .toList();
  }

  private static boolean explains(Finding finding, Symptom symptom, IommuState state) {
    Rule rule = Rule.of(finding.rule()).orElseThrow();
    boolean tells = rule == Rule.PUT_FAILURE_IGNORED && symptom.kind() == SymptomKind.PUT_FAILED;
    return tells
        || (Explains.weight(rule, symptom.kind()) > 0
            && Suspect.of(finding, state).alibi(symptom).isEmpty());
  }
}
