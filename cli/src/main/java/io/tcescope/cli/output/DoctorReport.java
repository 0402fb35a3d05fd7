package io.tcescope.cli.output;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Recipe;
import io.tcescope.engine.why.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a recording is good for, for people and as JSON. */
public final class DoctorReport {
  private final Terminal terminal;

  public DoctorReport(Terminal terminal) {
    this.terminal = terminal;
  }

  public void text(Trace trace, Doctor.Report report) {
    String kinds =
        trace.sources().stream()
            .map(SourceKind::title)
            .sorted()
            .collect(Collectors.joining(" and "));
    terminal.out().println(terminal.in(Style.HEADING, String.join(", ", trace.files())));
    terminal.out().println(kinds);
    terminal.out().println();
    terminal.out().println("Does it tell");
    for (Verdict verdict : report.verdicts()) {
      String label = verdict.degree().label();
      Words.wrapped(
          terminal,
          "  " + label + " ".repeat(8 - label.length()),
          verdict.question() + ": " + verdict.why());
    }
    section("Windows at the end", report.windows());
    section("Rules that cannot judge it, and why", rules(report.rules()));
    recipes(report.recipes());
  }

  private void recipes(List<Recipe> recipes) {
    if (recipes.isEmpty()) {
      return;
    }
    terminal.out().println();
    terminal.out().println("To record better");
    for (Recipe recipe : recipes) {
      terminal.out().println("  tcescope doctor --recipe " + recipe.id());
      Words.wrapped(terminal, "      ", recipe.purpose());
    }
  }

  private void section(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    terminal.out().println();
    terminal.out().println(title);
    lines.forEach(line -> Words.wrapped(terminal, "  - ", line));
  }

  private static List<String> rules(List<CheckRunner.NotApplicable> rules) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (CheckRunner.NotApplicable rule : rules) {
      byReason.computeIfAbsent(rule.reason(), reason -> new ArrayList<>()).add(rule.rule());
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach((reason, ids) -> lines.add(reason + ": " + String.join(", ", ids)));
    return lines;
  }

  public void json(Doctor.Report report) {
    Json json = new Json(terminal.out());
    json.object().number("tcescope", 1).list("questions");
    for (Verdict verdict : report.verdicts()) {
      json.object().text("question", verdict.question());
      json.text("told", verdict.degree().label()).text("why", verdict.why()).endObject();
    }
    json.endList().value("windows", report.windows()).list("notApplicable");
    for (CheckRunner.NotApplicable rule : report.rules()) {
      json.object().text("rule", rule.rule()).text("reason", rule.reason()).endObject();
    }
    json.endList().value("recipes", report.recipes().stream().map(Recipe::id).toList());
    json.endObject().line();
  }
}
