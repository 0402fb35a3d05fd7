package io.tcescope.cli.compare;

import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Words;
import io.tcescope.queries.story.Parting;
import io.tcescope.queries.story.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A chapter in which two runs part: what only one of them has, with the steps around it. */
public final class PartingRows {
  /** Steps of both that are shown around a difference. */
  private static final int CONTEXT = 3;

  /** The rest is counted; JSON lists all. */
  private static final int MOST_ROWS = 40;

  private static final double NANOSECONDS = 1e9;

  /** Whether a step is in both runs, or in which. */
  public enum Side {
    BOTH(""),
    ONLY_A("-"),
    ONLY_B("+"),
    /** Steps of both that are not shown. */
    SKIPPED("");

    private final String mark;

    Side(String mark) {
      this.mark = mark;
    }

    /** As in a comparison of two texts. */
    public String mark() {
      return mark;
    }
  }

  /** A step: where it stands in either run, empty if it does not, and what it is. */
  public record Row(Side side, String a, String b, String told) {}

  private final Pair pair;
  private final List<Parting.Row> steps;
  private final List<Row> rows = new ArrayList<>();
  private int done;

  /** Of one chapter of a pair. */
  public PartingRows(Pair pair, Parting parting) {
    this.pair = pair;
    this.steps = parting.rows();
    while (done < steps.size() && rows.size() < MOST_ROWS) {
      skip();
      while (done < steps.size() && isNearDifference(done) && rows.size() < MOST_ROWS) {
        rows.add(row(steps.get(done++)));
      }
    }
  }

  /** What is shown. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** All differences, without what lies around them. */
  Stream<Row> differences() {
    return steps.stream().filter(step -> !step.isShared()).map(this::row);
  }

  /** How many differences are not shown. */
  public long left() {
    return steps.subList(done, steps.size()).stream().filter(row -> !row.isShared()).count();
  }

  private void skip() {
    int from = done;
    while (done < steps.size() && !isNearDifference(done)) {
      done++;
    }
    if (done > from) {
      rows.add(new Row(Side.SKIPPED, "", "", "... " + (done - from) + " alike"));
    }
  }

  private boolean isNearDifference(int row) {
    int from = Math.max(0, row - CONTEXT);
    int to = Math.min(steps.size(), row + CONTEXT + 1);
    return steps.subList(from, to).stream().anyMatch(one -> !one.isShared());
  }

  private Row row(Parting.Row row) {
    Side side = row.isShared() ? Side.BOTH : row.first().isPresent() ? Side.ONLY_A : Side.ONLY_B;
    return new Row(side, place(pair.a(), row.first()), place(pair.b(), row.second()), told(row));
  }

  /** Where a step stands in a run, and how long after its begin if it has one clock. */
  private static String place(Investigated run, Optional<Step> told) {
    if (told.isEmpty()) {
      return "";
    }
    Step step = told.get();
    List<String> files = run.words().files();
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
