package io.tcescope.cli.sweep;

import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.input.TraceFile;
import io.tcescope.cli.input.TraceFiles;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.Terminal;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads all files that a command line names; what is wrong with one does not keep the others from
 * being read.
 */
public final class FileSweep {
  private final Terminal terminal;
  private final String doing;
  private final Audit audit;

  /** Tells on the terminal what went wrong; {@code doing} says what takes so long. */
  public FileSweep(Terminal terminal, String doing) {
    this.terminal = terminal;
    this.doing = doing;
    this.audit = new Audit(terminal);
  }

  /** What is to be done with each file. */
  @FunctionalInterface
  public interface Work<O> {
    /**
     * Reads the file and hands over what it shows, on any thread.
     *
     * @return why it was left out after all; empty if it was not
     */
    Optional<LeftOut> on(TraceFile file, InOrder.Parts<O> parts) throws IOException;
  }

  /** What comes of a file: parts of what it shows, and at last how it ended. */
  private sealed interface Step<O> {
    record Shown<O>(O part) implements Step<O> {}

    record Read<O>(TraceFile file) implements Step<O> {}

    record Missed<O>(TraceFile file, LeftOut why) implements Step<O> {}

    record Failed<O>(TraceFile file, Throwable trouble) implements Step<O> {}
  }

  /** What became of the files so far. */
  public Audit audit() {
    return audit;
  }

  /** The files to read, as paths of a command line name them; says what is odd about these. */
  public List<TraceFile> files(List<Path> arguments) {
    TraceFiles named = TraceFiles.of(arguments);
    named.remarks().forEach(this::say);
    named.leftOut().forEach(audit::leftOut);
    return named.files();
  }

  /** Reads them; what they show goes to {@code taker} in their order, until that has enough. */
  public <O> void over(List<TraceFile> files, Work<O> work, Predicate<O> taker) {
    long total = files.size() == 1 ? 0 : size(files);
    try (ProgressBar progress = new ProgressBar(terminal, doing, total)) {
      long[] done = {0};
      InOrder.<TraceFile, Step<O>>forEach(
          files,
          (file, steps) -> steps.add(attempt(file, work, steps)),
          step -> {
            progress.erase();
            if (step instanceof Step.Shown<O>(O part)) {
              return taker.test(part);
            }
            done[0] += settle(step);
            if (files.size() > 1) { // else its own progress is told
              progress.accept(done[0]);
            }
            return true;
          });
    }
  }

  @SuppressWarnings("CatchingUnchecked") // one bad recording must not end the others
  private static <O> Step<O> attempt(TraceFile file, Work<O> work, InOrder.Parts<Step<O>> steps) {
    try {
      Optional<LeftOut> why = work.on(file, steps.madeBy(Step.Shown::new));
      return why.isPresent() ? new Step.Missed<>(file, why.get()) : new Step.Read<>(file);
    } catch (UnreadableTraceException e) {
      return new Step.Missed<>(file, file.leftOut(e.reason()));
    } catch (UncheckedIOException e) {
      return missed(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      return missed(file, e);
    } catch (RuntimeException | Error e) {
      return new Step.Failed<>(file, e);
    }
  }

  /** Trouble may name the file, as nothing that is left out does. */
  private static <O> Step<O> missed(TraceFile file, IOException e) {
    String reason = Trouble.of(e);
    String name = file.path() + ": ";
    boolean named = reason.startsWith(name);
    return new Step.Missed<>(file, file.leftOut(named ? reason.substring(name.length()) : reason));
  }

  /** Notes how a file ended; its size. */
  private long settle(Step<?> step) {
    return switch (step) {
      case Step.Shown<?> _ -> 0;
      case Step.Read<?>(TraceFile file) -> {
        audit.checked();
        yield size(List.of(file));
      }
      case Step.Missed<?>(TraceFile file, LeftOut why) -> {
        audit.leftOut(why);
        yield size(List.of(file));
      }
      case Step.Failed<?>(TraceFile file, Throwable trouble) -> {
        failed(file, trouble);
        yield size(List.of(file));
      }
    };
  }

  private void failed(TraceFile file, Throwable trouble) {
    switch (trouble) {
      case UsageException e -> throw e;
      case OutOfMemoryError _ -> audit.failed(file.path().toString(), Trouble.outOfMemory());
      default -> {
        trouble.printStackTrace(terminal.err());
        audit.failed(file.path().toString(), trouble + " (the lines above show a bug of tcescope)");
      }
    }
  }

  /**
   * Says how much was left out.
   *
   * @throws UnreadableTraceException if none of these paths led to a recording
   */
  public Audit conclude(List<Path> arguments) throws UnreadableTraceException {
    if (audit.isEmpty()) {
      throw new UnreadableTraceException(arguments.getFirst().toString(), "holds no recording");
    }
    audit.conclude();
    return audit;
  }

  private void say(String words) {
    terminal.err().println("tcescope: " + words);
  }

  private static long size(List<TraceFile> files) {
    return files.stream().mapToLong(file -> file.path().toFile().length()).sum();
  }
}
