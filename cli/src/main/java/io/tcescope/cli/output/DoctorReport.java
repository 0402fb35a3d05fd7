package io.tcescope.cli.output;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a recording is good for, for people and as JSON. */
public final class DoctorReport {
  private final Terminal terminal;

  public DoctorReport(Terminal terminal) {
    this.terminal = terminal;
  }

  public void text(Trace trace, Doctor.Report report) {
    String names = String.join(", ", trace.files());
    terminal.out().println(terminal.in(Style.HEADING, names) + ": " + trace.source().title());
    section("It tells:", report.tells());
    section("It does not tell:", report.cannot());
    section("Windows at the end:", report.windows());
    section("Rules that cannot judge it:", rules(report.rules()));
    if (!report.recipes().isEmpty()) {
      terminal.out().println();
      terminal.out().println("To record better:");
      for (Recipe recipe : report.recipes()) {
        Words.wrapped(
            terminal, "  tcescope doctor --recipe " + recipe.id() + "   ", recipe.purpose());
      }
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
    json.object().number("tcescope", 1);
    json.value("tells", report.tells()).value("cannot", report.cannot());
    json.value("windows", report.windows()).list("notApplicable");
    for (CheckRunner.NotApplicable rule : report.rules()) {
      json.object().text("rule", rule.rule()).text("reason", rule.reason()).endObject();
    }
    json.endList().value("recipes", report.recipes().stream().map(Recipe::id).toList());
    json.endObject().line();
  }
}
