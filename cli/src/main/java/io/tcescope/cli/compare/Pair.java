package io.tcescope.cli.compare;

import io.tcescope.cli.output.CallsText;
import io.tcescope.cli.output.FindingKind;
import io.tcescope.cli.output.Investigated;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.TraceHealth.Records;
import io.tcescope.queries.story.Parting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two runs, and in what they differ. */
public record Pair(Investigated a, Investigated b, List<Parting> partings) {
  private static final Records NONE = new Records(0, 0);

  /** What both or one of them found: the findings of a kind in each. */
  public record Findings(FindingKind kind, List<Finding> inA, List<Finding> inB) {
    boolean isAlike() {
      return inA.size() == inB.size();
    }
  }

  /** How often each made a call, and how often it failed. */
  public record Calls(String name, Records inA, Records inB) {
    /** True if both made the call, and it failed in both or in none. */
    boolean isAlike() {
      return inA.count() > 0 == inB.count() > 0 && inA.failed() > 0 == inB.failed() > 0;
    }
  }

  public Pair {
    partings = List.copyOf(partings);
  }

  /** Puts them side by side. */
  public static Pair of(Investigated a, Investigated b) {
    return new Pair(a, b, Parting.of(a.story(), b.story()));
  }

  /** True if the same kind of recorder wrote both. */
  public boolean isRecordedAlike() {
    return a.checked().source() == b.checked().source();
  }

  /** True if the two tell the same story and the same was found. */
  public boolean isAlike() {
    return partings.stream().allMatch(Parting::isAlike)
        && findings().stream().allMatch(Findings::isAlike);
  }

  /** All kinds of findings, the worst first. */
  List<Findings> findings() {
    Map<FindingKind, List<Finding>> inA = byKind(a);
    Map<FindingKind, List<Finding>> inB = byKind(b);
    return Stream.concat(inA.keySet().stream(), inB.keySet().stream())
        .distinct()
        .sorted((one, other) -> other.severity().compareTo(one.severity()))
        .map(
            kind ->
                new Findings(
                    kind, inA.getOrDefault(kind, List.of()), inB.getOrDefault(kind, List.of())))
        .toList();
  }

  private static Map<FindingKind, List<Finding>> byKind(Investigated run) {
    return run.checked().findings().stream()
        .collect(Collectors.groupingBy(FindingKind::of, LinkedHashMap::new, Collectors.toList()));
  }

  /** All calls by the names that the recordings have for them. */
  List<Calls> calls() {
    Function<Investigated, Map<String, Records>> records =
        run -> CallsText.in(run.checked().health());
    TreeSet<String> names = new TreeSet<>(records.apply(a).keySet());
    names.addAll(records.apply(b).keySet());
    List<Calls> calls = new ArrayList<>();
    for (String name : names) {
      calls.add(
          new Calls(
              name,
              records.apply(a).getOrDefault(name, NONE),
              records.apply(b).getOrDefault(name, NONE)));
    }
    return calls;
  }
}
