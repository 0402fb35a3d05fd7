package io.tcescope.cli.shrink;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.script.RuleSession;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Fanout;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.traces.UnreadableTraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether a shorter recording still shows what the whole one shows: a finding of the same
 * rule on the same window, as bad and as sure, and no doubt of the recording that was not there.
 *
 * @param doubts what makes the whole recording doubtful already
 */
record Oracle(
    RunOptions options, Rulebook rules, SourceKind kind, Sign wanted, Set<String> doubts) {
  /** What rules say of a recording that has holes, or is not in order. */
  private static final Set<String> DOUBTFUL =
      Stream.of(
              Rule.TRACE_LOST_EVENTS,
              Rule.TRACE_HOLE_SUSPECTED,
              Rule.MODEL_MISMATCH,
              Rule.GET_MISMATCH,
              Rule.UNKNOWN_LIOBN,
              Rule.CLOCK_DISORDER)
          .map(Rule::id)
          .collect(Collectors.toUnmodifiableSet());

  /** What makes a finding the same in another recording. */
  record Sign(String rule, Severity severity, Confidence confidence, OptionalLong liobn) {
    static Sign of(Finding finding) {
      return new Sign(finding.rule(), finding.severity(), finding.confidence(), finding.liobn());
    }
  }

  /** Asks for a finding of a recording that has these. */
  static Oracle of(
      RunOptions options, Rulebook rules, SourceKind kind, Finding wanted, List<Finding> all) {
    return new Oracle(options, rules, kind, Sign.of(wanted), doubts(all));
  }

  boolean shows(Path file) {
    try (Trace trace = options.open(List.of(file))) {
      List<Finding> findings =
          trace.source() == kind ? findings(trace, file, options, rules) : List.of();
      return findings.stream().anyMatch(one -> Sign.of(one).equals(wanted))
          && doubts.containsAll(doubts(findings));
    } catch (UnreadableTraceException e) {
      return false; // what made it a recording is gone
    }
  }

  private static Set<String> doubts(List<Finding> findings) {
    return findings.stream()
        .map(Finding::rule)
        .filter(DOUBTFUL::contains)
        .collect(Collectors.toSet());
  }

  /** Everything that the built-in checks and those rules find. */
  static List<Finding> findings(Trace trace, Path file, RunOptions options, Rulebook rules) {
    try (RuleSession scripts = rules.open(trace, List.of(file))) {
      CheckRunner checks =
          Replay.run(
                  trace,
                  options.replay(),
                  () -> new Both(new CheckRunner(trace), scripts.observer()))
              .observer()
              .checks;
      List<Finding> findings = new ArrayList<>(checks.findings());
      findings.addAll(scripts.result().findings());
      return findings;
    }
  }

  /** The checks, and the rules beside them. */
  private static final class Both extends Fanout {
    final CheckRunner checks;

    Both(CheckRunner checks, Observer scripts) {
      super(checks, scripts);
      this.checks = checks;
    }
  }
}
