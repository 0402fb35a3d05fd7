package io.tcescope.traces.corpus;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is found in a recording, and whether a fuller recording of the same run bears it out. */
final class Certainties {
  /**
   * Where the fuller recording may tell the same by another rule, or of another LIOBN.
   *
   * <ul>
   *   <li>A crash kernel that takes a full table over, or a mapping lost before, shows by what came
   *       before: else live entries are mapped over.
   *   <li>Whether the window that went was the default one, and which device used it afterwards,
   *       may show earlier or in records of another kind.
   *   <li>What several windows lost at once is told of the first that had something to lose.
   *   <li>Of two windows on one range nobody knows which came first if neither was seen to be made.
   *   <li>Where records are missing anyway, more may be missing earlier, and in another window.
   * </ul>
   */
  private static final Map<Rule, Set<Rule>> KIN =
      Map.of(
          Rule.TCE_DOUBLE_MAP,
          Set.of(Rule.KDUMP_TABLE_FULL, Rule.MAPPINGS_LOST_BY_DEFAULT_RESTORE),
          Rule.WINDOW_REMOVED_IN_USE,
          Set.of(Rule.DEFAULT_WINDOW_REMOVED_IN_USE),
          Rule.TCE_OP_AFTER_WINDOW_REMOVAL,
          Set.of(Rule.SECOND_DEVICE_WITHOUT_WINDOW_ON_PE),
          Rule.WINDOW_RESET_IN_USE,
          Set.of(Rule.WINDOW_RESET_IN_USE),
          Rule.WINDOWS_OVERLAP,
          Set.of(Rule.WINDOWS_OVERLAP),
          Rule.MODEL_MISMATCH,
          Set.of(Rule.TRACE_HOLE_SUSPECTED),
          Rule.TRACE_HOLE_SUSPECTED,
          Set.of(Rule.TRACE_HOLE_SUSPECTED));

  /** Told of what is live at the end, which is another moment where a recording ends early. */
  private static final Set<String> OF_THE_END = Set.of(Rule.TCE_ALIAS.id());

  private final List<Finding> findings;

  private Certainties(List<Finding> findings) {
    this.findings = findings;
  }

  static Certainties of(Path file) {
    try (Trace trace = Fixtures.open(file)) {
      return of(trace);
    }
  }

  private static Certainties of(Trace trace) {
    return new Certainties(
        Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
            .observer()
            .findings());
  }

  /** The findings of which this recording is sure and that the fuller one does not bear out. */
  List<String> notBorneOutBy(Certainties fuller) {
    Set<String> known =
        fuller.findings.stream().map(Finding::fingerprint).collect(Collectors.toSet());
    Set<String> rules = fuller.findings.stream().map(Finding::rule).collect(Collectors.toSet());
    return findings.stream()
        .filter(finding -> finding.confidence() == Confidence.CERTAIN)
        .filter(finding -> !OF_THE_END.contains(finding.rule()))
        .filter(finding -> !known.contains(finding.fingerprint()))
        .filter(finding -> kin(finding).stream().noneMatch(rule -> rules.contains(rule.id())))
        .map(
            finding ->
                finding.fingerprint() + " at " + finding.ordinal() + ": " + finding.message())
        .toList();
  }

  private static Set<Rule> kin(Finding finding) {
    return KIN.getOrDefault(Rule.of(finding.rule()).orElseThrow(), Set.of());
  }
}
