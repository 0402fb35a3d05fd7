package io.tcescope.cli.compare;

import io.tcescope.cli.output.FindingKind;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Table;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.check.Severity;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** In how many recordings of each of two folders every rule found something. */
final class RulesFound {
  private record Found(Severity severity, String rule) {}

  private record Recordings(int inA, int inB) {
    Recordings plus(Recordings more) {
      return new Recordings(inA + more.inA, inB + more.inB);
    }
  }

  private final Map<Found, Recordings> recordings =
      new TreeMap<>(Comparator.comparing(Found::severity).reversed().thenComparing(Found::rule));

  /** Counts what the two found. */
  void add(Pair pair) {
    count(pair.a(), new Recordings(1, 0));
    count(pair.b(), new Recordings(0, 1));
  }

  private void count(Investigated run, Recordings one) {
    run.checked().findings().stream()
        .map(FindingKind::of)
        .map(kind -> new Found(kind.severity(), kind.rule()))
        .collect(Collectors.toSet())
        .forEach(found -> recordings.merge(found, one, Recordings::plus));
  }

  /** Prints those of which the folders differ, the worst first. */
  void print(Terminal terminal) {
    Table table = new Table("found", "in recordings", ">A", ">B");
    recordings.forEach(
        (found, counts) -> {
          if (counts.inA() != counts.inB()) {
            table.row(
                found.severity().label().toUpperCase(Locale.ROOT),
                found.rule(),
                counts.inA(),
                counts.inB());
          }
        });
    if (!table.isEmpty()) {
      table.print(terminal.out(), terminal, "");
      terminal.out().println();
    }
  }
}
