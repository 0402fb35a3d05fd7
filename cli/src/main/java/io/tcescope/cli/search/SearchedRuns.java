package io.tcescope.cli.search;

import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.sweep.Notes;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.ScannedRun;
import io.tcescope.queries.index.SearchableRun;
import io.tcescope.queries.index.WindowMoments;
import io.tcescope.queries.timeline.LaneObserver;
import io.tcescope.queries.timeline.Lanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The runs behind one path of a command line: a recording is one, a case may hold several. */
final class SearchedRuns implements AutoCloseable {
  private final List<SearchableRun> all;
  private final Quoting quoting;
  private final Closing closing;

  /** Finds out whether the only run is no recording but notes about one. */
  @FunctionalInterface
  private interface Quoting {
    Optional<Notes> notes() throws IOException;
  }

  @FunctionalInterface
  private interface Closing {
    void close() throws IOException;
  }

  private SearchedRuns(List<SearchableRun> all, Quoting quoting, Closing closing) {
    this.all = all;
    this.quoting = quoting;
    this.closing = closing;
  }

  /** The run of a recording, which closes it. */
  static SearchedRuns of(Trace trace, ReplayOptions replay, BooleanSupplier wanted) {
    SearchableRun run =
        new WindowMoments(
            new ScannedRun(trace, replay, wanted),
            () -> Replay.run(trace, replay, () -> new LaneObserver(false)).observer().lanes());
    return new SearchedRuns(List.of(run), () -> Notes.in(trace, replay), run::close);
  }

  /** The runs of a case, which close it. */
  static SearchedRuns of(Case opened) throws IOException {
    List<SearchableRun> runs = new ArrayList<>();
    for (int i = 0; i < opened.runs().size(); i++) {
      int number = i;
      runs.add(new WindowMoments(opened.runs().get(i), () -> lanes(opened, number)));
    }
    return new SearchedRuns(runs, () -> notes(opened), opened::close);
  }

  private static Lanes lanes(Case opened, int number) {
    try {
      return opened.report(number).lanes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Notes> notes(Case opened) throws IOException {
    return Notes.in(RecalledRun.of(opened.sources().getFirst(), opened.report(0)).checked());
  }

  List<SearchableRun> all() {
    return all;
  }

  /** The notes that the only run was read from; empty if it is a recording. */
  Optional<Notes> notes() throws IOException {
    return quoting.notes();
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
