package io.tcescope.cli;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.RecalledRun;
import io.tcescope.cli.output.Terminal;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes from a case what was found when it was indexed, instead of a replay. */
final class Recall {
  private Recall() {}

  /**
   * The runs of a case, in its order; empty if other options were given than it was indexed with,
   * so that its recordings have to be replayed.
   *
   * @throws io.tcescope.queries.index.CaseException if a recording is no longer the one indexed
   */
  static Optional<List<RecalledRun>> of(Path directory, RunOptions options, Terminal terminal)
      throws IOException {
    List<RecalledRun> runs = new ArrayList<>();
    try (Case opened = Case.open(directory, options.recordings())) {
      for (int i = 0; i < opened.sources().size(); i++) {
        Source source = opened.sources().get(i);
        if (!options.agreesWith(source.given())) {
          return Optional.empty();
        }
        remark(source, terminal);
        runs.add(RecalledRun.of(source, opened.report(i)));
      }
    }
    return Optional.of(runs);
  }

  private static void remark(Source source, Terminal terminal) throws IOException {
    switch (source.condition()) {
      case SAME -> {}
      case CHANGED -> source.requireReadable();
      case GROWN ->
          terminal
              .err()
              .println(
                  "tcescope: "
                      + source.path()
                      + ": grew since it was indexed; this is about its first "
                      + source.events()
                      + " events (index it again)");
      case MISSING ->
          terminal
              .err()
              .println(
                  "tcescope: " + source.path() + ": is gone; this was found when it was indexed");
    }
  }
}
