package io.tcescope.cli.report;

import io.tcescope.cli.output.Alike;
import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import java.util.List;

/** Everything that was found, the worst first, with the events that prove it. */
final class FindingsPart extends PagePart {
  FindingsPart(Html html, Report report) {
    super(html, report);
  }

  @Override
  void write() {
    html.open("section", "id", "findings").leaf("h2", "Findings");
    if (run.findings().isEmpty()) {
      html.leaf("p", "None of the rules that could judge this recording found anything.");
    }
    Alike.byRule(run.findings()).forEach(this::group);
    html.close();
  }

  private void group(List<Finding> group) {
    Finding first = group.getFirst();
    boolean grave = first.severity().atLeast(Severity.WARNING);
    html.open("details", grave ? new String[] {"open", "open"} : new String[0]);
    html.open("summary");
    html.leaf("span", first.severity().label(), "class", ReportPage.chip(first.severity()));
    html.text(" ").leaf("b", first.rule());
    if (group.size() > 1) {
      html.text(", " + group.size() + " times");
    }
    html.close();
    Report.shown(group).forEach(this::finding);
    int left = group.size() - Report.shown(group).size();
    if (left > 0) {
      html.leaf("p", "and " + left + " more (tcescope check --format ndjson has them all)");
    }
    run.explanation(first.rule())
        .ifPresent(
            rule ->
                html.leaf("p", rule.why(), "class", "why").leaf("p", rule.fix(), "class", "fix"));
    html.close();
  }

  private void finding(Finding finding) {
    String sure =
        finding.confidence() == Confidence.CERTAIN ? "" : " (" + finding.confidence().label() + ")";
    html.open("article", "id", report.anchor(finding));
    html.open("p").leaf("b", words.moment(finding.ordinal()) + sure).text(": ");
    html.text(finding.message()).close().open("table", "class", "chain");
    Alike.byNote(finding.evidence()).forEach(this::evidence);
    html.close().close();
  }

  /** Events with one note, which is told once. */
  private void evidence(List<Evidence> alike) {
    String note = alike.getFirst().note();
    for (Evidence one : alike.subList(0, Math.min(alike.size(), Report.EVENTS_SHOWN))) {
      html.open("tr").leaf("td", words.where(one.ordinal())).open("td").text(note);
      ReportPage.record(html, run.places().get(one.ordinal()));
      html.close().close();
      note = "";
    }
    int left = alike.size() - Report.EVENTS_SHOWN;
    if (left > 0) {
      html.open("tr").leaf("td", "").leaf("td", "and " + left + " more like it").close();
    }
  }
}
