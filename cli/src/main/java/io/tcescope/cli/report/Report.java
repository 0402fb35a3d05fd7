package io.tcescope.cli.report;

import io.tcescope.cli.compare.Pair;
import io.tcescope.cli.output.Alike;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.DiagnosisWords;
import io.tcescope.cli.output.Investigated;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.queries.timeline.Lanes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one run showed, in full. */
public final class Report {
  /** Of events with one note. */
  static final int EVENTS_SHOWN = 5;

  /** Of findings of one rule; the rest is counted. */
  private static final int FINDINGS_SHOWN = 20;

  private final Investigated run;
  private final Optional<Pair> pair;
  private final Map<Finding, String> anchors = new LinkedHashMap<>();

  /**
   * Of one run.
   *
   * @param run all that is told of it
   * @param against the run that it is compared with, if there is one
   */
  public Report(Investigated run, Optional<Investigated> against) {
    this.run = run;
    this.pair = against.map(other -> Pair.of(other, run));
    for (List<Finding> group : Alike.byRule(run.checked().findings())) {
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
  Checked run() {
    return run.checked();
  }

  Lanes lanes() {
    return run.lanes();
  }

  Diagnosis diagnosis() {
    return run.diagnosis();
  }

  /** It beside another, if it is compared. */
  Optional<Pair> pair() {
    return pair;
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
    return run.words();
  }
}
