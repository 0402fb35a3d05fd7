package io.tcescope.cli;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be said of all runs together once they are checked and printed, for a folder may hold
 * more of them than memory.
 */
final class Told {
  private final List<Checked> runs = new ArrayList<>();
  private final Map<Severity, Long> findings = new EnumMap<>(Severity.class);
  private long known;

  /** Adds a run. */
  void add(Checked run) {
    known += run.known().findings().size();
    run.fresh().forEach(finding -> findings.merge(finding.severity(), 1L, Long::sum));
    runs.add(run.gist());
  }

  /** In the order in which they were added. */
  List<Checked> runs() {
    return runs;
  }

  /** True if a finding that no baseline knows is as bad as that. */
  boolean meets(FailOn limit) {
    return limit.isMetBy(findings.keySet());
  }

  /** How many findings there are, in words. */
  String findings() {
    return Words.findings(findings);
  }

  /** How many new ones there are, and how many a baseline knows, in words. */
  String findingsBesideKnown() {
    return Words.besideKnown(findings(), findings.isEmpty(), known);
  }
}
