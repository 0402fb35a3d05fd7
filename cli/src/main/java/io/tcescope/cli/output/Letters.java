package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A letter for each rule that found something, the worst first. */
final class Letters {
  private static final String ALL = "ABCDEFGHIJKLMNOPQRSTUVWYZ"; // X would be taken for a failure

  /** What is left when the letters are used up. */
  private static final char ANOTHER = '*';

  private final Map<String, List<Finding>> byRule = new LinkedHashMap<>();
  private final List<Finding> sorted;

  private Letters(List<Finding> findings) {
    sorted = new ArrayList<>(findings);
    sorted.sort((a, b) -> b.severity().compareTo(a.severity()));
    sorted.forEach(one -> byRule.computeIfAbsent(one.rule(), rule -> new ArrayList<>()).add(one));
  }

  static Letters of(List<Finding> findings) {
    return new Letters(findings);
  }

  List<Finding> worstFirst() {
    return sorted;
  }

  char of(Finding finding) {
    int index = new ArrayList<>(byRule.keySet()).indexOf(finding.rule());
    return index < ALL.length() ? ALL.charAt(index) : ANOTHER;
  }

  /** What each letter stands for. */
  void explain(Terminal terminal, Checked run) {
    byRule.values().forEach(group -> explain(terminal, run, group));
  }

  private void explain(Terminal terminal, Checked run, List<Finding> group) {
    Finding first = group.getFirst();
    Style style = Style.valueOf(first.severity().name());
    String severity = first.severity().label().toUpperCase(Locale.ROOT);
    String more = group.size() == 1 ? "" : " and " + (group.size() - 1) + " more";
    terminal.out().println();
    terminal
        .out()
        .println(
            terminal.in(style, of(first) + "  " + severity)
                + " "
                + terminal.in(Style.HEADING, first.rule())
                + " at "
                + Whereabouts.moment(run, first.ordinal())
                + more);
    Words.wrapped(terminal, "   ", first.message());
  }
}
