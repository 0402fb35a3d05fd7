package io.tcescope.cli;

import io.tcescope.engine.check.Severity;
import java.util.Collection;

/** The mildest severity that makes {@code check} exit with {@link ExitCode#FINDINGS}. */
enum FailOn {
  INFO,
  WARNING,
  ERROR,
  CRITICAL,
  NEVER;

  boolean isMetBy(Collection<Severity> severities) {
    return this != NEVER
        && severities.stream().anyMatch(one -> one.atLeast(Severity.valueOf(name())));
  }
}
