package io.tcescope.queries.story;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One chapter of two runs side by side. */
public record Parting(String subject, List<Row> rows) {
  /** A step of both runs, or of one that the other does not have there. */
  public record Row(Optional<Step> first, Optional<Step> second) {
    /** True if both runs have it. */
    public boolean isShared() {
      return first.isPresent() && second.isPresent();
    }

    /** The step, as the first run that has it tells it. */
    public Step step() {
      return first.or(() -> second).orElseThrow();
    }
  }

  public Parting {
    rows = List.copyOf(rows);
  }

  /** True if both runs tell the same. */
  public boolean isAlike() {
    return rows.stream().allMatch(Row::isShared);
  }

  /** All chapters of two runs; those that part come first, the earliest before the others. */
  public static List<Parting> of(Story first, Story second) {
    Map<String, List<Step>> here = first.bySubject();
    Map<String, List<Step>> there = second.bySubject();
    return Stream.concat(here.keySet().stream(), there.keySet().stream())
        .distinct()
        .map(
            subject ->
                new Parting(
                    subject,
                    rows(
                        here.getOrDefault(subject, List.of()),
                        there.getOrDefault(subject, List.of()))))
        .sorted(Comparator.comparingLong(Parting::firstDifference))
        .toList();
  }

  /** Ordinal of the first event at which they part, of no meaning but its order. */
  private long firstDifference() {
    return rows.stream()
        .filter(row -> !row.isShared())
        .mapToLong(row -> row.step().first().event())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static List<Row> rows(List<Step> first, List<Step> second) {
    List<Row> rows = new ArrayList<>();
    var deltas = DiffUtils.diff(words(first), words(second), true).getDeltas();
    for (AbstractDelta<String> delta : deltas) {
      List<Step> here = steps(first, delta.getSource().getPosition(), delta.getSource().size());
      List<Step> there = steps(second, delta.getTarget().getPosition(), delta.getTarget().size());
      if (delta.getType() == DeltaType.EQUAL) {
        IntStream.range(0, here.size())
            .mapToObj(i -> new Row(Optional.of(here.get(i)), Optional.of(there.get(i))))
            .forEach(rows::add);
      } else {
        here.forEach(step -> rows.add(new Row(Optional.of(step), Optional.empty())));
        there.forEach(step -> rows.add(new Row(Optional.empty(), Optional.of(step))));
      }
    }
    return rows;
  }

  private static List<String> words(List<Step> steps) {
    return steps.stream().map(Step::what).toList();
  }

  private static List<Step> steps(List<Step> all, int from, int count) {
    return all.subList(from, from + count);
  }
}
