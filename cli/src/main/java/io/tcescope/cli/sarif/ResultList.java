package io.tcescope.cli.sarif;

import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison.Missing;
import io.tcescope.cli.output.Json;
import io.tcescope.engine.check.Finding;
import java.util.HashMap;
import java.util.Map;

/** Findings as results, each on a line of its own. */
final class ResultList {
  private static final String OURS = "tcescope/v1";

  /** The only one that GitHub looks at; it numbers those that are alike. */
  private static final String GITHUBS = "primaryLocationLineHash";

  private final Json json;
  private final Rules rules;
  private long count;

  ResultList(Json json, Rules rules) {
    this.json = json;
    this.rules = rules;
  }

  /** All findings of a run. */
  void of(Checked run) {
    Map<String, Integer> alike = new HashMap<>();
    for (Finding finding : run.findings()) {
      result(run, finding, alike.merge(finding.fingerprint(), 1, Integer::sum));
    }
  }

  long count() {
    return count;
  }

  private void result(Checked run, Finding finding, int number) {
    begin(finding.rule(), Level.of(finding.severity()), finding.message());
    Locations locations = new Locations(json, run);
    locations.of(finding);
    locations.of(finding.evidence());
    json.object("partialFingerprints")
        .text(OURS, finding.fingerprint())
        .text(GITHUBS, finding.fingerprint() + ":" + number)
        .endObject();
    if (run.known().compared()) {
      boolean known = run.known().findings().contains(finding);
      json.text("baselineState", known ? "unchanged" : "new");
    }
    properties(run, finding);
    json.endObject().line();
  }

  private void begin(String rule, String level, String message) {
    count++;
    json.object().text("ruleId", rule);
    rules.index(rule).ifPresent(index -> json.number("ruleIndex", index));
    json.text("level", level).object("message").text("text", message).endObject();
  }

  private void properties(Checked run, Finding finding) {
    boolean window = finding.liobn().isPresent();
    json.object("properties")
        .text("severity", finding.severity().label())
        .text("confidence", finding.confidence().label())
        .number("event", finding.ordinal())
        .text("time", run.places().get(finding.ordinal()).time())
        .address("liobn", finding.liobn().orElse(0), window)
        .number("generation", finding.generation(), window)
        .address("ioba", finding.ioba().orElse(0), finding.ioba().isPresent())
        .value("data", finding.data())
        .endObject();
  }

  /** What a baseline knows and was not found again. */
  void absent(Missing missing) {
    begin(
        missing.rule(),
        Level.of(missing.severity()),
        "Found when the baseline was made, and not any more: " + missing.fingerprint());
    json.list("locations").object().object("physicalLocation");
    Artifact.of(missing.files().getFirst()).writeTo(json);
    json.endObject().endObject().endList();
    json.number("occurrenceCount", missing.count())
        .object("partialFingerprints")
        .text(OURS, missing.fingerprint())
        .endObject()
        .text("baselineState", "absent")
        .endObject()
        .line();
  }
}
