package io.tcescope.cli;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that were checked: as a whole for a document at the end; else what is to be said of all
 * of them together, for a folder may hold more of them than memory.
 */
final class Told {
  private final boolean whole;
  private final List<Checked> runs = new ArrayList<>();
  private final Map<Severity, Long> findings = new EnumMap<>(Severity.class);
  private long known;

  /** Keeps all of them if there will be a document. */
  Told(boolean document) {
    whole = document;
  }

  /** Adds a run, which has been printed unless it goes into the document. */
  void add(Checked run) {
    known += run.known().findings().size();
    run.fresh().forEach(finding -> findings.merge(finding.severity(), 1L, Long::sum));
    runs.add(whole ? run : run.gist());
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
