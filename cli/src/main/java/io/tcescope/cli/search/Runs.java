package io.tcescope.cli.search;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.TraceFiles;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.CaseException;
import io.tcescope.queries.index.CaseIndexer;
import io.tcescope.queries.index.ScannedRun;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.Source;
import io.tcescope.queries.index.WindowMoments;
import io.tcescope.queries.timeline.LaneObserver;
import io.tcescope.queries.timeline.Lanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs that the paths of a command line stand for: recordings, or the contents of cases. */
final class Runs implements AutoCloseable {
  /** Smaller recordings are scanned in the time in which a user looks up. */
  private static final long LARGE = 64L << 20;

  /** When a recording that is no case is indexed. */
  enum Caching {
    /** When it is large and searched for the second time: once, scanning is faster. */
    AUTO,
    ALWAYS,
    NEVER
  }

  private final RunOptions options;
  private final Terminal terminal;
  private final List<Case> cases = new ArrayList<>();
  private final List<SearchableRun> scanned = new ArrayList<>();
  private final List<SearchableRun> runs = new ArrayList<>();

  private Runs(RunOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /**
   * Opens them all.
   *
   * @param mustIndex the question is one that only an index can answer
   */
  static Runs open(
      RunOptions options, List<Path> paths, Caching caching, boolean mustIndex, Terminal terminal)
      throws IOException {
    TraceFiles.requireOneStandardInput(paths);
    Runs opened = new Runs(options, terminal);
    try {
      for (Path path : paths) {
        opened.add(path, mustIndex ? Caching.ALWAYS : caching, mustIndex);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void add(Path path, Caching caching, boolean mustIndex) throws IOException {
    if (Case.isCase(path)) {
      add(Case.open(path, options.recordings()));
      return;
    }
    Optional<Case> kept = caching == Caching.NEVER ? Optional.empty() : kept(path, caching);
    if (kept.isPresent()) {
      add(kept.get());
    } else if (mustIndex) {
      throw new UsageException(path + ": lucene:\"...\" asks a case; make one with tcescope index");
    } else {
      Trace trace = options.open(List.of(path));
      ReplayOptions replay = options.replay();
      SearchableRun run =
          new WindowMoments(
              new ScannedRun(trace, replay),
              () -> Replay.run(trace, replay, () -> new LaneObserver(false)).observer().lanes());
      scanned.add(run);
      runs.add(run);
    }
  }

  /** The case in the cache that holds the recording as it is now, perhaps since this moment. */
  private Optional<Case> kept(Path path, Caching caching) throws IOException {
    Optional<IndexCache> place = IndexCache.of(path);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    IndexCache cache = place.get();
    try {
      Optional<Case> current = current(cache);
      boolean wanted =
          caching == Caching.ALWAYS || (Files.size(path) >= LARGE && cache.noteSearch());
      if (current.isPresent() || !wanted) {
        return current;
      }
      terminal.err().println("tcescope: indexing " + path + " for this search and later ones");
      new CaseIndexer(options.recordings(), options.replay().withReadAhead(true), options.given())
          .index(cache.directory(), List.of(path));
      return Optional.of(Case.open(cache.directory(), options.recordings()));
    } catch (CaseException | java.nio.file.FileSystemException e) {
      terminal.err().println("tcescope: no index is kept: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What the cache holds, if that is the recording as it is now; what is damaged is deleted. */
  private Optional<Case> current(IndexCache cache) throws IOException {
    if (!Case.isCase(cache.directory())) {
      return Optional.empty();
    }
    try {
      Case opened = Case.open(cache.directory(), options.recordings());
      Source source = opened.sources().getFirst();
      if (source.given().equals(options.given()) && source.condition() == Source.Condition.SAME) {
        return Optional.of(opened);
      }
      opened.close();
    } catch (CaseException e) {
      if (e.isDamage()) {
        cache.discard();
      } // else it was never finished
    }
    return Optional.empty();
  }

  private void add(Case opened) throws IOException {
    cases.add(opened);
    for (int i = 0; i < opened.runs().size(); i++) {
      int number = i;
      runs.add(new WindowMoments(opened.runs().get(i), () -> lanes(opened, number)));
    }
  }

  private static Lanes lanes(Case opened, int number) {
    try {
      return opened.report(number).lanes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<SearchableRun> all() {
    return List.copyOf(runs);
  }

  /** What to know about the answers that were given. */
  List<String> remarks() throws IOException {
    List<String> remarks = new ArrayList<>();
    for (SearchableRun run : runs) {
      remarks.addAll(run.remarks());
    }
    return remarks;
  }

  @Override
  public void close() throws IOException {
    scanned.forEach(SearchableRun::close);
    for (Case opened : cases) {
      opened.close();
    }
  }
}
