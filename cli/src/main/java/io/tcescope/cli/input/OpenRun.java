package io.tcescope.cli.input;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One run that a command line names: recordings, or a recording that a case knows. */
public final class OpenRun implements AutoCloseable {
  private final Trace trace;
  private final ReplayOptions replay;
  private final @Nullable Case opened;

  private OpenRun(Trace trace, ReplayOptions replay, @Nullable Case opened) {
    this.trace = trace;
    this.replay = replay;
    this.opened = opened;
  }

  /**
   * Opens the recordings as parts of one run, or the only recording of a case.
   *
   * @throws UsageException if a case holds more than one recording
   */
  public static OpenRun open(RunOptions options, List<Path> files) throws IOException {
    if (files.size() == 1 && Case.isCase(files.getFirst())) {
      return ofCase(options, files.getFirst());
    }
    return new OpenRun(options.open(files), options.replay(), null);
  }

  private static OpenRun ofCase(RunOptions given, Path directory) throws IOException {
    Case opened = Case.open(directory, given.recordings());
    try {
      Source source = only(directory, opened.sources());
      source.requireReadable();
      boolean known = given.agreesWith(source.given());
      RunOptions options = known ? RunOptions.of(source.given()) : given;
      Trace trace = options.open(List.of(source.path()));
      if (known && source.condition() == Source.Condition.SAME) {
        return new OpenRun(trace, decided(options.replay(), source), opened);
      }
      opened.close();
      return new OpenRun(trace, options.replay(), null);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The recordings of a case, as they are now. */
  public static List<Path> recordings(RunOptions options, Path directory) throws IOException {
    try (Case opened = Case.open(directory, options.recordings())) {
      for (Source source : opened.sources()) {
        source.requireReadable();
      }
      return opened.sources().stream().map(Source::path).toList();
    }
  }

  private static Source only(Path directory, List<Source> sources) {
    if (sources.size() != 1) {
      List<String> names = sources.stream().map(source -> source.path().toString()).toList();
      throw new UsageException(
          directory
              + " holds "
              + names.size()
              + " recordings, name one: "
              + String.join(" ", names));
    }
    return sources.getFirst();
  }

  /** How the recording was found to be read need not be found again. */
  private static ReplayOptions decided(ReplayOptions options, Source source) {
    return options
        .withPlatform(source.platform())
        .withInference(source.listsInferred() ? Inference.LINUX : Inference.NONE);
  }

  public Trace trace() {
    return trace;
  }

  public ReplayOptions replay() {
    return replay;
  }

  /** How the run is read: as its case knows, or found out by a replay of it. */
  public IommuState.Rules rules(LongConsumer progress) {
    return opened == null
        ? Replay.rules(trace, replay.withReadAhead(true).withProgress(progress))
        : Replay.rules(trace, replay, opened.sources().getFirst().unrecorded());
  }

  /** The case that knows the run as it is now; empty if there is none. */
  public Optional<Case> known() {
    return Optional.ofNullable(opened);
  }

  @Override
  public void close() throws IOException {
    trace.close();
    if (opened != null) {
      opened.close();
    }
  }
}
