package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import java.util.Set;

/**
 * Which findings of a run a baseline knows.
 *
 * @param compared false if there is no baseline, so that nothing can be said
 */
public record Known(boolean compared, Set<Finding> findings) {
  /** There is no baseline. */
  public static final Known NOT_ASKED = new Known(false, Set.of());

  public Known {
    findings = Set.copyOf(findings);
  }
}
