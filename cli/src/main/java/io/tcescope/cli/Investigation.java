package io.tcescope.cli;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.report.Report;
import io.tcescope.cli.script.RuleSession;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Fanout;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.OpenSymptoms;
import io.tcescope.engine.why.Question;
import io.tcescope.engine.why.Why;
import io.tcescope.queries.timeline.LaneObserver;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** All that there is to tell of a run, from one replay. */
final class Investigation extends Fanout {
  /** Asks for nothing in particular. */
  static final Question WHAT_HAPPENED =
      new Question(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

  private final Examination examination;
  private final LaneObserver lanes;
  private final Why why;

  private Investigation(Examination examination, LaneObserver lanes, Why why) {
    super(examination, lanes, why);
    this.examination = examination;
    this.lanes = lanes;
    this.why = why;
  }

  /** Replays a recording to its end, for the built-in checks and those rules. */
  static Report of(Trace trace, List<Path> files, ReplayOptions options, Rulebook rules) {
    try (RuleSession scripts = rules.open(trace, files)) {
      Replay.Result<Investigation> result =
          Replay.run(trace, options, () -> begin(trace, scripts.observer()));
      Investigation done = result.observer();
      Diagnosis diagnosis = done.why.diagnosis();
      Checked run =
          done.examination.checked(
              trace,
              result,
              scripts.result(),
              findings -> {
                Set<Long> named = new HashSet<>(Report.named(findings));
                named.addAll(Mentioned.by(diagnosis));
                return named;
              });
      return new Report(run, done.lanes.lanes(), diagnosis);
    }
  }

  private static Investigation begin(Trace trace, Observer scripts) {
    return new Investigation(
        new Examination(new CheckRunner(trace), new OpenSymptoms(trace), scripts),
        new LaneObserver(true),
        new Why(trace, WHAT_HAPPENED));
  }
}
