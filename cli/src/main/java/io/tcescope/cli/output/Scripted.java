package io.tcescope.cli.output;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.util.List;

/**
 * What rules in JavaScript made of one run.
 *
 * @param rules what they say of themselves
 * @param errors rules that could not be run, or not to the end
 */
public record Scripted(
    List<RuleMeta> rules,
    List<Finding> findings,
    List<CheckRunner.NotApplicable> notApplicable,
    List<ScriptError> errors,
    List<Timing> timings) {
  /** There were none. */
  public static final Scripted NONE =
      new Scripted(List.of(), List.of(), List.of(), List.of(), List.of());

  public Scripted {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
    notApplicable = List.copyOf(notApplicable);
    errors = List.copyOf(errors);
    timings = List.copyOf(timings);
  }
}
