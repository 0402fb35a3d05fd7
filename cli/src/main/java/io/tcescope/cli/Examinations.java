package io.tcescope.cli;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Trace;
import io.tcescope.traces.UnreadableTraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Checks many runs on all cores and hands over what it found in the order they were named. */
final class Examinations {
  /** How one run went. */
  sealed interface Outcome {
    /** It was replayed. */
    record Done(Checked checked) implements Outcome {}

    /** It is no recording. */
    record NoTrace(List<Path> files, UnreadableTraceException why) implements Outcome {}
  }

  private final RunOptions options;
  private final Terminal terminal;

  Examinations(RunOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /** Runs them all; {@code consumer} is called on this thread. */
  void of(List<List<Path>> runs, Consumer<Outcome> consumer) {
    if (runs.size() == 1) {
      consumer.accept(alone(runs.getFirst()));
    } else {
      together(runs, consumer);
    }
  }

  /** One run has all cores: one reads, the other replays. */
  private Outcome alone(List<Path> files) {
    try (Trace trace = options.open(files);
        ProgressBar progress = new ProgressBar(terminal, "checking", trace.bytes())) {
      return new Outcome.Done(
          Examination.of(trace, options.replay().withReadAhead(true).withProgress(progress)));
    } catch (UnreadableTraceException e) {
      return new Outcome.NoTrace(files, e);
    }
  }

  private void together(List<List<Path>> runs, Consumer<Outcome> consumer) {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(cores, runs.size()));
        ProgressBar progress = new ProgressBar(terminal, "checking", size(runs))) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      runs.forEach(files -> outcomes.add(pool.submit(() -> one(files))));
      long done = 0;
      for (int i = 0; i < runs.size(); i++) {
        Outcome outcome = await(outcomes.get(i), pool);
        done += size(List.of(runs.get(i)));
        progress.accept(done);
        consumer.accept(outcome);
      }
    }
  }

  private Outcome one(List<Path> files) {
    LongConsumer untold = bytes -> {};
    try (Trace trace = options.open(files)) {
      return new Outcome.Done(Examination.of(trace, options.replay().withProgress(untold)));
    } catch (UnreadableTraceException e) {
      return new Outcome.NoTrace(files, e);
    }
  }

  private static Outcome await(Future<Outcome> outcome, ExecutorService pool) {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      pool.shutdownNow();
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private static long size(List<List<Path>> runs) {
    return runs.stream().flatMap(List::stream).mapToLong(file -> file.toFile().length()).sum();
  }
}
