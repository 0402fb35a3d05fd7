package io.tcescope.cli.report;

import io.tcescope.cli.output.Alike;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.DiagnosisWords;
import io.tcescope.cli.output.FileNames;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.queries.timeline.Lanes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one run showed, in full. */
public final class Report {
  /** Of events with one note. */
  static final int EVENTS_SHOWN = 5;

  /** Of findings of one rule; the rest is counted. */
  private static final int FINDINGS_SHOWN = 20;

  private final Checked run;
  private final Lanes lanes;
  private final Diagnosis diagnosis;
  private final Map<Finding, String> anchors = new LinkedHashMap<>();

  /**
   * Of one run.
   *
   * @param run its findings and windows, and the places of all events that the page names
   * @param lanes its windows over the run
   * @param diagnosis what explains its symptoms
   */
  public Report(Checked run, Lanes lanes, Diagnosis diagnosis) {
    this.run = run;
    this.lanes = lanes;
    this.diagnosis = diagnosis;
    for (List<Finding> group : Alike.byRule(run.findings())) {
      shown(group).forEach(one -> anchors.put(one, "finding-" + (anchors.size() + 1)));
    }
  }

  /** The events that a page names of findings, by their ordinals. */
  public static Set<Long> named(List<Finding> findings) {
    Set<Long> ordinals = new HashSet<>();
    for (List<Finding> group : Alike.byRule(findings)) {
      for (Finding finding : shown(group)) {
        ordinals.add(finding.ordinal());
        Alike.byNote(finding.evidence()).stream()
            .flatMap(alike -> alike.stream().limit(EVENTS_SHOWN))
            .forEach(one -> ordinals.add(one.ordinal()));
      }
    }
    return ordinals;
  }

  /** Those of a rule's findings that are told. */
  static List<Finding> shown(List<Finding> group) {
    return group.subList(0, Math.min(group.size(), FINDINGS_SHOWN));
  }

  /** Its findings and windows. */
  public Checked run() {
    return run;
  }

  Lanes lanes() {
    return lanes;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  /** The findings that the page tells. */
  Collection<Finding> findings() {
    return anchors.keySet();
  }

  /** Where the page tells of such a finding. */
  String anchor(Finding finding) {
    return anchors.getOrDefault(finding, "findings");
  }

  /** How the page speaks of the diagnosis. */
  DiagnosisWords words() {
    return new DiagnosisWords(run.places(), FileNames.shown(run.files()));
  }
}
