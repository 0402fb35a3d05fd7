package io.tcescope.cli;

import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.cli.sweep.FileSweep;
import io.tcescope.cli.sweep.InOrder;
import io.tcescope.cli.sweep.Notes;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Checks all runs that a command line names, on all cores, and hands over what they showed in the
 * order in which they were named.
 */
final class Examinations {
  private final RunOptions options;
  private final Terminal terminal;
  private final boolean together;
  private final Examination.Naming naming;
  private final Consumer<Checked> consumer;
  private final FileSweep sweep;
  private Rulebook rules = Rulebook.EMPTY;
  private GivenUpRules givenUp = new GivenUpRules(Rulebook.EMPTY);
  private UnaryOperator<Checked> choice = run -> run;
  private boolean timed;

  /** What the runs show goes to {@code consumer}, on the thread that calls {@link #of}. */
  Examinations(
      RunOptions options,
      boolean together,
      Examination.Naming naming,
      Terminal terminal,
      Consumer<Checked> consumer) {
    this.options = options;
    this.together = together;
    this.naming = naming;
    this.terminal = terminal;
    this.consumer = consumer;
    this.sweep = new FileSweep(terminal, "checking");
  }

  /** Hands over what is left of each run when some rules are not asked. */
  Examinations choosing(UnaryOperator<Checked> some) {
    choice = some;
    return this;
  }

  @FunctionalInterface
  private interface Examiner {
    Checked examine(List<Path> files) throws UnreadableTraceException;
  }

  /** Runs those rules too, and measures how long each rule takes if that is wanted. */
  Examinations with(Rulebook scripted, boolean measure) {
    rules = scripted;
    givenUp = new GivenUpRules(scripted);
    timed = measure;
    return this;
  }

  /**
   * Runs them all; what is wrong with one does not keep the others from being checked.
   *
   * @return what became of each file
   * @throws UnreadableTraceException if there is no recording
   */
  Audit of(List<Path> arguments) throws IOException {
    List<TraceFile> files = sweep.files(replayed(arguments));
    if (together && !files.isEmpty()) {
      take(alone(files.stream().map(TraceFile::path).toList()));
      sweep.audit().checked();
    } else {
      rules.expect(files.stream().map(TraceFile::path).toList());
      Examiner examiner = files.size() == 1 ? this::alone : this::beside;
      sweep.over(files, (file, checked) -> examine(file, examiner, checked), this::take);
    }
    return sweep.conclude(arguments);
  }

  /** Takes what cases know already, and leaves what has to be replayed. */
  private List<Path> replayed(List<Path> arguments) throws IOException {
    List<Path> rest = new ArrayList<>();
    for (Path argument : arguments) {
      if (!Case.isCase(argument)) {
        rest.add(argument);
        continue;
      }
      boolean known = rules.isEmpty() && !timed && !together;
      var recalled =
          known ? Recall.of(argument, options, terminal) : Optional.<List<RecalledRun>>empty();
      if (recalled.isPresent()) {
        for (RecalledRun run : recalled.get()) {
          take(run.checked());
          sweep.audit().checked();
        }
      } else {
        rest.addAll(OpenRun.recordings(options, argument));
      }
    }
    return rest;
  }

  /** Notes about recordings may lie beside them in a folder; what is named is checked. */
  private static Optional<LeftOut> examine(
      TraceFile file, Examiner examiner, InOrder.Parts<Checked> parts) throws IOException {
    Checked checked = examiner.examine(List.of(file.path()));
    Optional<Notes> notes = file.isNamed() ? Optional.empty() : Notes.in(checked);
    if (notes.isEmpty()) {
      parts.add(checked);
    }
    return notes.map(quoting -> quoting.leftOut(file));
  }

  private boolean take(Checked checked) {
    Checked run = choice.apply(givenUp.without(checked));
    new ScriptedText(terminal).printed(run);
    consumer.accept(run);
    return true;
  }

  /** One run has all cores: one reads, the other replays. */
  private Checked alone(List<Path> files) throws UnreadableTraceException {
    try (Trace trace = options.open(files);
        ProgressBar progress = new ProgressBar(terminal, "checking", trace.bytes())) {
      return examine(trace, files, options.replay().withReadAhead(true).withProgress(progress));
    }
  }

  /** One of many has one core, and a share of the bar for all. */
  private Checked beside(List<Path> files) throws UnreadableTraceException {
    LongConsumer untold = bytes -> {};
    try (Trace trace = options.open(files)) {
      return examine(trace, files, options.replay().withProgress(untold));
    }
  }

  private Checked examine(Trace trace, List<Path> files, ReplayOptions replay) {
    return Examination.of(trace, files, replay, rules, timed, naming);
  }
}
