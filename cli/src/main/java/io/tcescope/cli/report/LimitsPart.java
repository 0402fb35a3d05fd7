package io.tcescope.cli.report;

import io.tcescope.cli.output.FileNames;
import io.tcescope.cli.output.NotJudged;
import io.tcescope.cli.output.Unjudged;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.scripting.ScriptError;
import java.util.List;

/** What the recording does not tell: rules that could not judge it, records that were not read. */
final class LimitsPart extends PagePart {
  LimitsPart(Html html, Report report) {
    super(html, report);
  }

  @Override
  void write() {
    html.open("section", "id", "limits").leaf("h2", "What it cannot tell").open("ul");
    run.health().remarks().forEach(remark -> html.leaf("li", shown(remark)));
    run.health().skipped().forEach(this::skipped);
    run.scripted().errors().forEach(this::broken);
    notJudged();
    html.close().close();
  }

  private String shown(String words) {
    return FileNames.within(words, run.files());
  }

  private void skipped(String reason, TraceHealth.Skipped skipped) {
    html.open("li").text(skipped.count() + " x " + reason).open("ul");
    skipped.first().forEach(place -> html.leaf("li", shown(place.toString())));
    html.close().close();
  }

  private void broken(ScriptError error) {
    html.leaf(
        "li",
        "the rule "
            + error.script()
            + " has not judged it "
            + Unjudged.words(run, error)
            + ": "
            + error.message());
  }

  private void notJudged() {
    NotJudged notJudged = NotJudged.in(List.of(run));
    notJudged
        .byReason()
        .forEach(
            (reason, rules) ->
                html.leaf("li", "Not judged, " + reason + ": " + String.join(", ", rules)));
    if (!notJudged.beyond().isEmpty()) {
      html.open("li").open("details");
      html.leaf("summary", "Not judged: " + notJudged.rest());
      html.leaf("p", String.join(", ", notJudged.beyond())).close().close();
    }
  }
}
