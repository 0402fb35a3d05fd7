package io.tcescope.cli.search;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.CaseIndexer;
import io.tcescope.queries.index.ScannedRun;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs that the paths of a command line stand for: recordings, or the contents of cases. */
final class Runs implements AutoCloseable {
  private final RunOptions options;
  private final List<Case> cases = new ArrayList<>();
  private final List<SearchableRun> scanned = new ArrayList<>();
  private final List<SearchableRun> runs = new ArrayList<>();

  private Runs(RunOptions options) {
    this.options = options;
  }

  /**
   * Opens them all. A recording that was searched with {@code remember} before is asked through the
   * index made then, if it is still the same; otherwise it is scanned, which is faster once.
   */
  static Runs open(RunOptions options, List<Path> paths, boolean remember) throws IOException {
    Runs opened = new Runs(options);
    try {
      for (Path path : paths) {
        opened.add(path, remember);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void add(Path path, boolean remember) throws IOException {
    if (Case.isCase(path)) {
      addCase(path);
      return;
    }
    Optional<Path> cache = Files.isRegularFile(path) ? IndexCache.of(path) : Optional.empty();
    if (remember && cache.isPresent()) {
      new CaseIndexer(options.recordings(), options.replay().withReadAhead(true), options.given())
          .index(cache.get(), List.of(path));
    }
    if (cache.isPresent() && isCurrent(cache.get())) {
      addCase(cache.get());
      return;
    }
    SearchableRun run = new ScannedRun(options.open(List.of(path)), options.replay());
    scanned.add(run);
    runs.add(run);
  }

  private boolean isCurrent(Path cache) throws IOException {
    if (!Case.isCase(cache)) {
      return false;
    }
    try (Case opened = Case.open(cache, options.recordings())) {
      return opened.sources().size() == 1
          && opened.sources().getFirst().condition() == Source.Condition.SAME;
    }
  }

  private void addCase(Path directory) throws IOException {
    Case opened = Case.open(directory, options.recordings());
    cases.add(opened);
    runs.addAll(opened.runs());
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
