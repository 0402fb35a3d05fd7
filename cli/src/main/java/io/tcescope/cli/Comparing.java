package io.tcescope.cli;

import io.tcescope.cli.compare.Run;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.script.RuleSession;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Fanout;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.OpenSymptoms;
import io.tcescope.engine.why.Why;
import io.tcescope.queries.story.StoryObserver;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All of a run that can be compared with another, from one replay. */
final class Comparing extends Fanout {
  private final Examination examination;
  private final StoryObserver story;
  private final Why why;

  private Comparing(Examination examination, StoryObserver story, Why why) {
    super(examination, story, why);
    this.examination = examination;
    this.story = story;
    this.why = why;
  }

  /** Replays a recording to its end, for the built-in checks and those rules. */
  static Run of(Trace trace, List<Path> files, ReplayOptions options, Rulebook rules) {
    try (RuleSession scripts = rules.open(trace, files)) {
      Replay.Result<Comparing> result =
          Replay.run(trace, options, () -> begin(trace, scripts.observer()));
      Comparing done = result.observer();
      Diagnosis diagnosis = done.why.diagnosis();
      Checked run =
          done.examination.checked(
              trace, result, scripts.result(), findings -> named(findings, diagnosis));
      return new Run(run, done.story.story(), diagnosis);
    }
  }

  private static Comparing begin(Trace trace, Observer scripts) {
    return new Comparing(
        new Examination(new CheckRunner(trace), new OpenSymptoms(trace), scripts),
        new StoryObserver(),
        new Why(trace, Investigation.WHAT_HAPPENED));
  }

  private static Set<Long> named(List<Finding> findings, Diagnosis diagnosis) {
    Set<Long> named = new HashSet<>(Mentioned.by(diagnosis));
    findings.forEach(finding -> named.add(finding.ordinal()));
    return named;
  }
}
