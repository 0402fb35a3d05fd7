package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.engine.state.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recording on one screen: what it is, its windows over time, its calls, what is wrong. */
public final class SummaryText {
  private static final int RULES_SHOWN = 6;

  private final Terminal terminal;

  public SummaryText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Everything about one run. */
  public void run(Checked run) {
    println(terminal.in(Style.HEADING, FileNames.title(run.files())));
    RecordingFacts.of(run).forEach(this::field);
    windows(run);
    findings(run);
  }

  private void windows(Checked run) {
    println("");
    if (run.windows().isEmpty()) {
      println("No window: nothing in the recording tells of one.");
      return;
    }
    Table table =
        new Table(
            "window",
            "role",
            "bus range",
            ">page",
            "mapping",
            ">peak",
            ">live",
            "opened",
            "closed");
    WindowsShown windows = WindowsShown.of(run);
    windows.shown().forEach(window -> row(table, run, window));
    table.print(terminal.out(), terminal, "");
    if (run.rules().showsTables() && !windows.shown().stream().allMatch(WindowLife::isPeakWhole)) {
      println(terminal.in(Style.FAINT, Words.AT_LEAST));
    }
    if (windows.left() > 0) {
      println(windows.rest(FileNames.arguments(run.files())));
    }
  }

  private static void row(Table table, Checked run, WindowLife window) {
    table.row(
        Notation.window(window.liobn(), window.generation()),
        window.role(),
        window.range(),
        window.page(),
        window.mapping(),
        run.rules().showsTables() ? Words.atLeast(window.peak(), window.isPeakWhole()) : "?",
        run.rules().showsTables() ? Words.atLeast(window.live(), window.whole()) : "?",
        window.opened() == 0 ? "before" : Whereabouts.line(run, window.opened()),
        window.closed() == 0 ? "-" : Whereabouts.line(run, window.closed()));
  }

  private void findings(Checked run) {
    println("");
    println(capitalised(Words.findings(run.findings())) + (run.findings().isEmpty() ? "." : ":"));
    Map<String, List<Finding>> byRule = new LinkedHashMap<>();
    run.findings().stream()
        .sorted((a, b) -> b.severity().compareTo(a.severity()))
        .forEach(one -> byRule.computeIfAbsent(one.rule(), rule -> new ArrayList<>()).add(one));
    byRule.values().stream().limit(RULES_SHOWN).forEach(group -> finding(run, group));
    if (byRule.size() > RULES_SHOWN) {
      println("  ... and " + Words.count(byRule.size() - RULES_SHOWN, "more rule"));
    }
    if (!run.openSymptoms().isEmpty()) {
      Words.wrapped(terminal, "  ", OpenSymptomsText.of(run));
    }
    if (!run.rules().showsTables()) {
      String rules = Words.count(run.notApplicable().size(), "rule");
      String files = FileNames.arguments(run.files());
      println("  " + rules + " cannot judge it: tcescope doctor " + files + " says why");
    }
    next(run);
  }

  /** Where to go on. */
  private void next(Checked run) {
    List<String> next = new ArrayList<>();
    if (!run.findings().isEmpty()) {
      next.add("check " + FileNames.arguments(run.files()));
    }
    if (mayKnowMore(run)) {
      next.add("why " + String.join(" ", run.files()));
    }
    for (int i = 0; i < next.size(); i++) {
      println((i == 0 ? "\nNext: " : "      ") + "tcescope " + next.get(i));
    }
  }

  /**
   * True if to look for a cause may tell more than the findings: what is found may be no more than
   * its consequence, and of a guest's recording, which most rules cannot judge, the log implies it.
   */
  private static boolean mayKnowMore(Checked run) {
    return !run.rules().showsTables()
        || !run.openSymptoms().isEmpty()
        || run.findings().stream().anyMatch(one -> one.severity().atLeast(Severity.ERROR));
  }

  private void finding(Checked run, List<Finding> group) {
    Finding first = group.getFirst();
    String severity = first.severity().label().toUpperCase(Locale.ROOT);
    String more = group.size() == 1 ? "" : " and " + (group.size() - 1) + " more";
    println(
        "  "
            + terminal.in(Style.valueOf(first.severity().name()), severity)
            + " "
            + first.rule()
            + " at "
            + Whereabouts.line(run, first.ordinal())
            + more);
    Words.wrapped(terminal, "    ", first.message());
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void field(String name, String value) {
    Words.wrapped(terminal, String.format(Locale.ROOT, "  %-12s", name), value);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}
