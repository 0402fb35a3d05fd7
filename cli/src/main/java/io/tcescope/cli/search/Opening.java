package io.tcescope.cli.search;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.CaseException;
import io.tcescope.queries.index.CaseIndexer;
import io.tcescope.queries.index.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How the paths of a command line are opened for questions.
 *
 * @param mustIndex the question is one that only an index can answer
 */
record Opening(RunOptions options, Caching caching, boolean mustIndex, Terminal terminal) {
  /** Smaller recordings are scanned in the time in which a user looks up. */
  private static final long LARGE = 64L << 20;

  /** When a recording that is no case is indexed. */
  enum Caching {
    /** When it is large and searched for the second time: once, scanning is faster. */
    AUTO,
    ALWAYS,
    NEVER
  }

  /** Opens a recording or a case; a scan ends when nothing more is wanted of it. */
  SearchedRuns open(Path path, BooleanSupplier wanted) throws IOException {
    if (Case.isCase(path)) {
      return SearchedRuns.of(Case.open(path, options.recordings()));
    }
    boolean wantsNone = caching == Caching.NEVER && !mustIndex;
    Optional<Case> kept = wantsNone ? Optional.empty() : kept(path);
    if (kept.isPresent()) {
      return SearchedRuns.of(kept.get());
    }
    if (mustIndex) {
      throw new UsageException(path + ": lucene:\"...\" asks a case; make one with tcescope index");
    }
    return SearchedRuns.of(options.open(List.of(path)), options.replay(), wanted);
  }

  /** The case in the cache that holds the recording as it is now, perhaps since this moment. */
  private Optional<Case> kept(Path path) throws IOException {
    Optional<IndexCache> place = IndexCache.of(path);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    IndexCache cache = place.get();
    try {
      Optional<Case> current = current(cache, path);
      boolean always = mustIndex || caching == Caching.ALWAYS;
      boolean wanted = always || (Files.size(path) >= LARGE && cache.noteSearch());
      if (current.isPresent() || !wanted) {
        return current;
      }
      terminal.err().println("tcescope: indexing " + path + " for this search and later ones");
      new CaseIndexer(options.recordings(), options.replay().withReadAhead(true), options.given())
          .index(cache.directory(), List.of(path));
      return Optional.of(Case.openOf(path, cache.directory(), options.recordings()));
    } catch (CaseException | java.nio.file.FileSystemException e) {
      terminal.err().println("tcescope: no index is kept: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What the cache holds, if that is the recording as it is now; what is damaged is deleted. */
  private Optional<Case> current(IndexCache cache, Path path) throws IOException {
    if (!Case.isCase(cache.directory())) {
      return Optional.empty();
    }
    try {
      Case opened = Case.openOf(path, cache.directory(), options.recordings());
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
}
