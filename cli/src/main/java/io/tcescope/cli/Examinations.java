package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Format;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

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
  private Rulebook rules = Rulebook.EMPTY;
  private boolean timed;
  private int recordings;
  private boolean unreadable;

  /** What the runs show goes to {@code consumer}, on the thread that calls {@link #of}. */
  Examinations(
      RunOptions options, CommonOptions common, Terminal terminal, Consumer<Checked> consumer) {
    this.options = options;
    this.together = common.together();
    this.naming = common.format() == Format.TEXT ? CheckText::named : Finding::events;
    this.terminal = terminal;
    this.consumer = consumer;
  }

  /** Runs those rules too, and measures how long each rule takes if that is wanted. */
  Examinations with(Rulebook scripted, boolean measure) {
    rules = scripted;
    timed = measure;
    return this;
  }

  /**
   * Runs them all.
   *
   * @return false if a file that was named is no recording
   * @throws UnreadableTraceException if none of them is
   */
  boolean of(List<Path> arguments) throws IOException {
    List<TraceFile> files = TraceFile.of(replayed(arguments));
    if (files.isEmpty() && recordings > 0) {
      return true;
    }
    if (together) {
      alone(files.stream().map(TraceFile::path).toList());
    } else if (files.size() == 1) {
      try {
        alone(List.of(files.getFirst().path()));
      } catch (UnreadableTraceException e) {
        refuse(files.getFirst(), e);
      }
    } else {
      sideBySide(files);
    }
    if (recordings == 0 && !unreadable) {
      throw new UnreadableTraceException(arguments.getFirst().toString(), "holds no recording");
    }
    return !unreadable;
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

  private void take(Checked checked) {
    recordings++;
    consumer.accept(checked);
  }

  /** A folder may hold other files; a file that was named may not be anything else. */
  private void refuse(TraceFile file, UnreadableTraceException why) {
    if (file.isNamed()) {
      unreadable = true;
      terminal.err().println("tcescope: " + why.getMessage());
    }
  }

  /** One run has all cores: one reads, the other replays. */
  private void alone(List<Path> files) throws UnreadableTraceException {
    try (Trace trace = options.open(files)) {
      take(examine(trace, files, options.replay().withReadAhead(true)));
    }
  }

  private Checked examine(Trace trace, List<Path> files, ReplayOptions replay) {
    try (ProgressBar progress = new ProgressBar(terminal, "checking", trace.bytes())) {
      return Examination.of(trace, files, replay.withProgress(progress), rules, timed, naming);
    }
  }

  private void sideBySide(List<TraceFile> files) {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(cores);
        ProgressBar progress = new ProgressBar(terminal, "checking", size(files))) {
      List<Future<Checked>> results = new ArrayList<>();
      files.forEach(file -> results.add(pool.submit(() -> one(file.path()))));
      long done = 0;
      for (int i = 0; i < files.size(); i++) {
        TraceFile file = files.get(i);
        progress.accept(done);
        await(results.get(i), pool, progress, file);
        done += size(List.of(file));
      }
    }
  }

  private Checked one(Path file) throws UnreadableTraceException {
    LongConsumer untold = bytes -> {};
    try (Trace trace = options.open(List.of(file))) {
      return Examination.of(
          trace, List.of(file), options.replay().withProgress(untold), rules, timed, naming);
    }
  }

  private void await(
      Future<Checked> result, ExecutorService pool, ProgressBar progress, TraceFile file) {
    try {
      Checked checked = result.get();
      progress.erase();
      if (file.isNamed() || isRecording(checked)) {
        take(checked);
      } else {
        terminal.err().println("tcescope: " + file.path() + ": only quotes records, not checked");
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnreadableTraceException why)) {
        pool.shutdownNow();
        throw new IllegalStateException(file.path().toString(), e.getCause());
      }
      refuse(file, why);
    }
  }

  /** Notes about a recording may quote a few of its lines; that makes them no recording. */
  private static boolean isRecording(Checked checked) {
    return !checked.windows().isEmpty() || checked.health().skipped().isEmpty();
  }

  private static long size(List<TraceFile> files) {
    return files.stream().mapToLong(file -> file.path().toFile().length()).sum();
  }
}
