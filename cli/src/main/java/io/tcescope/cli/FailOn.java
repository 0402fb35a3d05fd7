package io.tcescope.cli;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import java.util.Collection;

/** The mildest severity that makes {@code check} exit with {@link ExitCode#FINDINGS}. */
enum FailOn {
  INFO,
  WARNING,
  ERROR,
  CRITICAL,
  NEVER;

  boolean isMetBy(Collection<Finding> findings) {
    return this != NEVER
        && findings.stream().anyMatch(one -> one.severity().atLeast(Severity.valueOf(name())));
  }
}
