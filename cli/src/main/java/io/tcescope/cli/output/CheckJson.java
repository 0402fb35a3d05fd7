package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.why.Symptom;
import io.tcescope.queries.timeline.Upheaval;
import io.tcescope.scripting.ScriptError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What checks found, as JSON: a line for each finding and each run, or the parts of a document. */
public final class CheckJson {
  private final Json json;
  private final boolean many;

  /**
   * Writes for one run or for many; with many, everything names its file.
   *
   * @param many several recordings are checked
   */
  public CheckJson(Json json, boolean many) {
    this.json = json;
    this.many = many;
  }

  /** What is told of all runs of a document together; their findings are not needed. */
  void whole(List<Checked> runs) {
    ruleErrors(runs);
    notAsked(runs);
    if (!many && !runs.isEmpty()) {
      notApplicable(runs.getFirst());
      health(runs.getFirst().health());
    } else {
      health(total(runs));
    }
  }

  /** How all runs differ from a baseline, as a line of its own behind theirs. */
  public void line(Comparison comparison) {
    json.object();
    comparison.writeTo(json);
    json.endObject().line();
  }

  /** One run as lines of its own: its findings, then the run itself. */
  public void lines(Checked run) {
    for (Finding finding : run.findings()) {
      finding(run, finding);
      json.line();
    }
    lastLine(run);
  }

  /** The run itself as a line. */
  void lastLine(Checked run) {
    trace(run);
    json.line();
  }

  /** The findings of a run as elements of a list. */
  void findings(Checked run) {
    run.findings().forEach(finding -> finding(run, finding));
  }

  private void ruleErrors(List<Checked> runs) {
    if (runs.stream().allMatch(run -> run.scripted().errors().isEmpty())) {
      return;
    }
    json.list("ruleErrors");
    for (Checked run : runs) {
      run.scripted().errors().forEach(error -> ruleError(run, error));
    }
    json.endList();
  }

  private void ruleError(Checked run, ScriptError error) {
    json.object()
        .text("rule", error.script())
        .text("file", error.file())
        .number("line", error.line())
        .number("column", error.column())
        .text("message", error.message())
        .text("trace", run.name());
    if (error.event() > 0) {
      json.object("handled");
      reference(run, error.event());
      json.text("text", Unjudged.record(run, error)).endObject();
    }
    json.object("notJudgedFrom");
    reference(run, Unjudged.from(error));
    json.endObject().endObject();
  }

  private void notAsked(List<Checked> runs) {
    Set<String> silenced = new TreeSet<>();
    runs.forEach(run -> silenced.addAll(run.notAsked()));
    if (!silenced.isEmpty()) {
      json.value("notAsked", silenced);
    }
  }

  private static TraceHealth total(List<Checked> runs) {
    TraceHealth total = new TraceHealth();
    runs.forEach(run -> total.add(run.health()));
    return total;
  }

  private void trace(Checked run) {
    json.object().text("trace", run.name()).value("files", run.files());
    json.text("source", run.source().title())
        .text("platform", run.rules().platform().name().toLowerCase(Locale.ROOT))
        .flag("listsInferred", run.rules().inferLists())
        .number("findings", run.findings().size());
    upheavals(run);
    openSymptoms(run);
    notApplicable(run);
    ruleErrors(List.of(run));
    notAsked(List.of(run));
    health(run.health());
    json.endObject();
  }

  private void upheavals(Checked run) {
    if (run.upheavals().isEmpty()) {
      return;
    }
    json.list("machine");
    for (Upheaval upheaval : run.upheavals()) {
      json.object().text("what", UpheavalWords.label(upheaval.kind()));
      reference(run, upheaval.event());
      json.endObject();
    }
    json.endList();
  }

  private void openSymptoms(Checked run) {
    json.list("symptomsWithoutFinding");
    for (Symptom symptom : run.openSymptoms()) {
      json.object().text("kind", symptom.kind().label());
      reference(run, symptom.ordinal());
      json.number("count", symptom.count())
          .flag("countIsLeast", symptom.isLeast())
          .number("unmaps", symptom.unmaps())
          .flag("unmapsAreLeast", symptom.unmapsAreLeast())
          .text("text", symptom.text())
          .endObject();
    }
    json.endList();
  }

  private void finding(Checked run, Finding finding) {
    json.object()
        .text("rule", finding.rule())
        .text("severity", finding.severity().label())
        .text("confidence", finding.confidence().label())
        .text("fingerprint", finding.fingerprint());
    if (run.known().compared()) {
      json.text("baseline", run.known().findings().contains(finding) ? "known" : "new");
    }
    reference(run, finding.ordinal());
    boolean window = finding.liobn().isPresent();
    json.address("liobn", finding.liobn().orElse(0), window)
        .number("generation", finding.generation(), window)
        .address("ioba", finding.ioba().orElse(0), finding.ioba().isPresent())
        .text("message", finding.message())
        .value("data", finding.data())
        .list("evidence");
    for (Evidence evidence : finding.evidence()) {
      json.object();
      reference(run, evidence.ordinal());
      json.text("note", evidence.note()).endObject();
    }
    json.endList().endObject();
  }

  private void reference(Checked run, long ordinal) {
    Place place = run.places().get(ordinal);
    json.number("event", ordinal).number("line", place.line()).text("time", place.time());
    if (many || run.files().size() > 1) {
      json.text("file", run.files().get(place.file()));
    }
  }

  private void notApplicable(Checked run) {
    json.list("notApplicable");
    for (CheckRunner.NotApplicable rule : run.notApplicable()) {
      json.object().text("rule", rule.rule()).text("reason", rule.reason()).endObject();
    }
    json.endList();
  }

  private void health(TraceHealth health) {
    json.object("health")
        .number("events", health.events())
        .number("lines", health.lines())
        .object("skipped");
    health.skipped().forEach((reason, skipped) -> json.number(reason, skipped.count()));
    json.endObject()
        .number("lost", health.lost())
        .flag("lostUnknown", health.lostUnknown())
        .flag("damaged", health.isDamaged())
        .list("places");
    for (Map.Entry<String, TraceHealth.Skipped> skipped : health.skipped().entrySet()) {
      for (TraceHealth.Place place : skipped.getValue().first()) {
        json.object()
            .text("reason", skipped.getKey())
            .text("file", place.file())
            .number("line", place.line())
            .text("detail", place.detail())
            .endObject();
      }
    }
    json.endList().value("remarks", health.remarks()).endObject();
  }
}
