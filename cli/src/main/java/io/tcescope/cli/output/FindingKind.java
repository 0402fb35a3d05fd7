package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;

/**
 * Findings of several recordings that are counted as one. What became worse or milder is something
 * else.
 */
public record FindingKind(String rule, String fingerprint, Severity severity) {
  /** What a finding is one of. */
  public static FindingKind of(Finding finding) {
    return new FindingKind(finding.rule(), finding.fingerprint(), finding.severity());
  }
}
