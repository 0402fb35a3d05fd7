package io.tcescope.engine.why;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Rule;
import java.util.List;
import java.util.Optional;

/**
 * What explains the symptoms.
 *
 * @param rule id of the rule that it breaks
 * @param ordinal the event that decided it
 * @param explains the symptoms that it explains; empty where none is recorded
 * @param chain the events from the first that matters to the symptom, in order
 * @param before the windows of the PE just before the deciding event, a line each
 * @param after the same just after it
 * @param pressure how full the window was, if that is the cause
 */
public record Cause(
    String rule,
    Confidence confidence,
    long ordinal,
    String message,
    List<Symptom> explains,
    List<Evidence> chain,
    List<String> before,
    List<String> after,
    Optional<Pressure> pressure) {

  public Cause {
    explains = List.copyOf(explains);
    chain = List.copyOf(chain);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** What to do about it, empty if no rule of that name is known. */
  public Optional<String> fix() {
    return pressure.flatMap(Pressure::fix).or(() -> Rule.of(rule).map(Rule::fix));
  }
}
