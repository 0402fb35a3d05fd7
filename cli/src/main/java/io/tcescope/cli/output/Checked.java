package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.state.IommuState;
import java.util.List;

/**
 * What one run showed.
 *
 * @param files as the user named them
 * @param bytes size of the unpacked recording
 * @param windows all that ever were, in the order in which they came
 * @param places where the events stand that findings and windows name
 */
public record Checked(
    List<String> files,
    SourceKind source,
    long bytes,
    IommuState.Rules rules,
    List<WindowLife> windows,
    List<Finding> findings,
    List<CheckRunner.NotApplicable> notApplicable,
    TraceHealth health,
    Places places) {

  /** The run's name: its files. */
  public String name() {
    return String.join(" + ", files);
  }
}
