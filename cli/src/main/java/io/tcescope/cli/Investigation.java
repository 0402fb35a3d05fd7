package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.Terminal;
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
import io.tcescope.queries.story.StoryObserver;
import io.tcescope.queries.timeline.LaneObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that there is to tell of a run, from one replay. */
final class Investigation extends Fanout {
  private final Examination examination;
  private final LaneObserver lanes;
  private final StoryObserver story;
  private final Why why;

  private Investigation(Examination examination, LaneObserver lanes, StoryObserver story, Why why) {
    super(examination, lanes, story, why);
    this.examination = examination;
    this.lanes = lanes;
    this.story = story;
    this.why = why;
  }

  /**
   * Replays the recordings of one run to their end, for the built-in checks and those rules.
   *
   * @param naming which events of findings will be told
   */
  static Investigated of(
      List<Path> files,
      RunOptions options,
      Rulebook rules,
      Examination.Naming naming,
      Terminal terminal)
      throws IOException {
    try (OpenRun opened = OpenRun.open(options, files);
        ProgressBar progress = new ProgressBar(terminal, "replaying", opened.trace().bytes())) {
      ReplayOptions replay = opened.replay().withReadAhead(true).withProgress(progress);
      return of(opened.trace(), files, replay, rules, naming);
    }
  }

  /** The same of one file among many, on one thread. */
  static Investigated of(Path file, RunOptions options, Rulebook rules, Examination.Naming naming)
      throws IOException {
    List<Path> files = List.of(file);
    try (Trace trace = options.open(files)) {
      return of(trace, files, options.replay(), rules, naming);
    }
  }

  private static Investigated of(
      Trace trace,
      List<Path> files,
      ReplayOptions replay,
      Rulebook rules,
      Examination.Naming naming) {
    try (RuleSession scripts = rules.open(trace, files)) {
      Replay.Result<Investigation> result =
          Replay.run(trace, replay, () -> begin(trace, scripts.observer()));
      Investigation done = result.observer();
      Diagnosis diagnosis = done.why.diagnosis();
      Checked checked =
          done.examination.checked(
              trace,
              result,
              scripts.result(),
              findings -> {
                Set<Long> named = new HashSet<>(naming.named(findings));
                named.addAll(Mentioned.by(diagnosis));
                return named;
              });
      return new Investigated(checked, done.lanes.lanes(), done.story.story(), diagnosis);
    }
  }

  private static Investigation begin(Trace trace, Observer scripts) {
    return new Investigation(
        new Examination(new CheckRunner(trace), new OpenSymptoms(trace), scripts),
        new LaneObserver(true),
        new StoryObserver(),
        new Why(trace, Question.OPEN));
  }
}
