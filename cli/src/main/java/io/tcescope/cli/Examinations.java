package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.input.TraceFiles;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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
  private final Audit audit;
  private Rulebook rules = Rulebook.EMPTY;
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
    this.audit = new Audit(terminal);
  }

  /** What came of one file: either what it showed, or what went wrong. */
  private record Attempt(TraceFile file, @Nullable Checked checked, @Nullable Throwable trouble) {}

  @FunctionalInterface
  private interface Examiner {
    Checked examine(List<Path> files) throws UnreadableTraceException;
  }

  /** Runs those rules too, and measures how long each rule takes if that is wanted. */
  Examinations with(Rulebook scripted, boolean measure) {
    rules = scripted;
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
    TraceFiles named = TraceFiles.of(replayed(arguments));
    named.remarks().forEach(words -> Commands.note(terminal, words));
    named.leftOut().forEach(audit::leftOut);
    List<TraceFile> files = named.files();
    if (together && !files.isEmpty()) {
      take(alone(files.stream().map(TraceFile::path).toList()));
    } else if (files.size() == 1) {
      settle(attempt(files.getFirst(), this::alone));
    } else {
      sideBySide(files);
    }
    if (audit.isEmpty()) {
      throw new UnreadableTraceException(arguments.getFirst().toString(), "holds no recording");
    }
    audit.conclude();
    return audit;
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
        recalled.get().forEach(run -> take(run.checked()));
      } else {
        rest.addAll(OpenRun.recordings(options, argument));
      }
    }
    return rest;
  }

  private void sideBySide(List<TraceFile> files) {
    try (ProgressBar progress = new ProgressBar(terminal, "checking", size(files))) {
      long[] done = {0};
      InOrder.forEach(
          files,
          file -> attempt(file, this::beside),
          attempt -> {
            progress.erase();
            settle(attempt);
            done[0] += size(List.of(attempt.file()));
            progress.accept(done[0]);
          });
    }
  }

  @SuppressWarnings("CatchingUnchecked") // one bad recording must not end the others
  private static Attempt attempt(TraceFile file, Examiner examiner) {
    try {
      return new Attempt(file, examiner.examine(List.of(file.path())), null);
    } catch (UnreadableTraceException | RuntimeException | Error e) {
      return new Attempt(file, null, e);
    }
  }

  private void settle(Attempt attempt) {
    TraceFile file = attempt.file();
    switch (attempt.trouble()) {
      case null -> settle(file, Objects.requireNonNull(attempt.checked()));
      case UnreadableTraceException e -> audit.leftOut(file.leftOut(e.reason()));
      case UsageException e -> throw e;
      case OutOfMemoryError _ -> audit.failed(file.path().toString(), Commands.outOfMemory());
      case Throwable e -> {
        e.printStackTrace(terminal.err());
        audit.failed(file.path().toString(), e + " (the lines above show a bug of tcescope)");
      }
    }
  }

  /** Notes about recordings may lie beside them in a folder; what is named is checked. */
  private void settle(TraceFile file, Checked checked) {
    Optional<Notes> notes = file.isNamed() ? Optional.empty() : Notes.in(checked);
    if (notes.isPresent()) {
      audit.leftOut(notes.get().leftOut(file));
    } else {
      take(checked);
    }
  }

  private void take(Checked checked) {
    audit.checked();
    consumer.accept(checked);
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

  private static long size(List<TraceFile> files) {
    return files.stream().mapToLong(file -> file.path().toFile().length()).sum();
  }
}
