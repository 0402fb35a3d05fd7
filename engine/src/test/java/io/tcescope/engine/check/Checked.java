package io.tcescope.engine.check;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Platform;
import java.util.List;

/** A recording replayed with the built-in checks. */
record Checked(List<Finding> findings, List<CheckRunner.NotApplicable> notApplicable) {
  static Checked of(Trace trace, Platform platform) {
    return of(
        trace, ReplayOptions.defaults().withPlatform(platform).withInference(Inference.LINUX));
  }

  static Checked of(Trace trace, ReplayOptions options) {
    CheckRunner runner = Replay.run(trace, options, () -> new CheckRunner(trace)).observer();
    return new Checked(runner.findings(), runner.notApplicable());
  }

  List<Finding> of(Rule rule) {
    return findings.stream().filter(finding -> finding.rule().equals(rule.id())).toList();
  }

  List<String> rules() {
    return findings.stream().map(Finding::rule).toList();
  }

  boolean isNotApplicable(Rule rule) {
    return notApplicable.stream().anyMatch(entry -> entry.rule().equals(rule.id()));
  }
}
