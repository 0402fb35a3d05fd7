package io.tcescope.cli.compare;

import io.tcescope.cli.output.FileNames;
import io.tcescope.cli.output.Table;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.queries.story.Parting;
import io.tcescope.queries.story.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A chapter in which two runs part: what only one of them has, with the steps around it. */
final class PartingTable {
  /** Steps of both that are shown around a difference. */
  private static final int CONTEXT = 3;

  /** The rest is counted; JSON lists all. */
  private static final int MOST_ROWS = 40;

  private static final double NANOSECONDS = 1e9;

  private final Pair pair;
  private final List<Parting.Row> rows;
  private final Table table = new Table("", "A", "B", "");

  PartingTable(Pair pair, Parting parting) {
    this.pair = pair;
    this.rows = parting.rows();
  }

  void print(Terminal terminal) {
    int shown = 0;
    int from = 0;
    while (from < rows.size() && shown < MOST_ROWS) {
      int far = from;
      while (far < rows.size() && !isNearDifference(far)) {
        far++;
      }
      if (far > from) {
        table.row("", "", "", "... " + (far - from) + " alike");
      }
      for (; far < rows.size() && isNearDifference(far) && shown < MOST_ROWS; far++) {
        row(rows.get(far));
        shown++;
      }
      from = far;
    }
    table.print(terminal.out(), terminal, "");
    long left = rows.subList(from, rows.size()).stream().filter(row -> !row.isShared()).count();
    if (left > 0) {
      terminal.out().println("... and " + left + " more differences (--format json)");
    }
  }

  private boolean isNearDifference(int row) {
    int from = Math.max(0, row - CONTEXT);
    int to = Math.min(rows.size(), row + CONTEXT + 1);
    return rows.subList(from, to).stream().anyMatch(one -> !one.isShared());
  }

  private void row(Parting.Row row) {
    String mark = row.isShared() ? "" : row.first().isPresent() ? "-" : "+";
    table.row(mark, place(pair.a(), row.first()), place(pair.b(), row.second()), told(row));
  }

  /** Where a step stands in a run, and how long after its begin if it has one clock. */
  private static String place(Run run, Optional<Step> told) {
    if (told.isEmpty()) {
      return "";
    }
    Step step = told.get();
    List<String> files = FileNames.shown(run.checked().files());
    String line = "line " + step.first().line();
    if (files.size() > 1) {
      return files.get(step.first().file()) + " " + line;
    }
    return run.story().since(step).stream()
        .mapToObj(since -> line + String.format(Locale.ROOT, " +%.3f s", since / NANOSECONDS))
        .findFirst()
        .orElse(line);
  }

  /** A step, with what the two runs have each for themselves where that differs. */
  private static String told(Parting.Row row) {
    List<Step> steps = Stream.of(row.first(), row.second()).flatMap(Optional::stream).toList();
    boolean counted = steps.stream().anyMatch(step -> step.count() > 1);
    String more =
        steps.stream()
            .map(step -> more(step, counted))
            .distinct()
            .collect(Collectors.joining(" / "));
    return row.step().what() + (more.isEmpty() ? "" : " (" + more + ")");
  }

  private static String more(Step step, boolean counted) {
    String times = step.count() == 1 ? "once" : Words.count(step.count(), "time");
    return Stream.of(step.detail(), counted ? times : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
