package io.tcescope.cli.sarif;

import io.tcescope.cli.input.LeftOut;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.Unjudged;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.scripting.ScriptError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is to be told of the run of the tool itself: all that was not read, or not to its end. */
final class Invocation {
  private static final String ERROR = "error";
  private static final String WARNING = "warning";
  private static final String NOTE = "note";

  private final Json json;
  private final Rules rules;

  Invocation(Json json, Rules rules) {
    this.json = json;
    this.rules = rules;
  }

  /** Writes it as a field of an object; {@code symptoms} says of runs what no finding explains. */
  void write(
      List<Checked> runs, Audit audit, List<Symptoms> symptoms, int exitCode, boolean successful) {
    json.list("invocations")
        .object()
        .flag("executionSuccessful", successful)
        .number("exitCode", exitCode)
        .list("toolExecutionNotifications");
    audit.leftOut().forEach(this::leftOut);
    audit.failures().forEach(one -> notify("failed", ERROR, one.error(), one.file()));
    runs.forEach(run -> health(run.health(), run));
    runs.forEach(run -> run.scripted().errors().forEach(error -> error(run, error)));
    symptoms.forEach(one -> notify("symptoms-without-finding", NOTE, one.text(), one.file()));
    json.endList();
    notAsked(runs);
    json.endObject().endList();
  }

  private void notAsked(List<Checked> runs) {
    Set<String> silenced = new TreeSet<>();
    runs.forEach(run -> silenced.addAll(run.notAsked()));
    if (silenced.isEmpty()) {
      return;
    }
    json.list("ruleConfigurationOverrides");
    for (String id : silenced) {
      json.object().object("descriptor").text("id", id);
      rules.index(id).ifPresent(index -> json.number("index", index));
      json.endObject().object("configuration").flag("enabled", false).endObject().endObject();
    }
    json.endList();
  }

  /** Symptoms of a recording that no finding explains, in words. */
  record Symptoms(String file, String text) {}

  private void leftOut(LeftOut file) {
    if (file.kind() != LeftOut.Kind.OTHER) {
      String level = file.kind() == LeftOut.Kind.NAMED ? ERROR : WARNING;
      notify("left-out", level, file.reason(), file.file());
    }
  }

  private void health(TraceHealth health, Checked run) {
    health.skipped().forEach((reason, skipped) -> skipped(reason, skipped, run));
    String file = run.files().getFirst();
    if (health.lost() > 0 || health.lostUnknown()) {
      String many = health.lostUnknown() ? "at least " : "";
      notify("lost-records", WARNING, "Records lost: " + many + health.lost(), file);
    }
    health.remarks().forEach(remark -> notify("remark", NOTE, remark, file));
  }

  private void skipped(String reason, TraceHealth.Skipped skipped, Checked run) {
    begin("skipped-records", WARNING, skipped.count() + " x " + reason);
    json.list("locations");
    for (TraceHealth.Place place : skipped.first()) {
      json.object();
      json.object("physicalLocation");
      Artifact.of(place.file()).writeTo(json);
      if (place.line() > 0 && run.places().isText(run.files().indexOf(place.file()))) {
        json.object("region").number("startLine", place.line()).endObject();
      }
      json.endObject();
      if (!place.detail().isBlank()) {
        message(place.detail());
      }
      json.endObject();
    }
    json.endList().endObject().line();
  }

  private void error(Checked run, ScriptError error) {
    String text = error + "; has not judged the recording " + Unjudged.words(run, error);
    begin("rule-error", ERROR, text);
    json.object("associatedRule").text("id", error.script());
    rules.index(error.script()).ifPresent(index -> json.number("index", index));
    json.endObject().list("locations");
    if (error.event() > 0) {
      new Locations(json, run).event(error.event());
    } else {
      json.object().object("physicalLocation");
      Artifact.of(run.files().getFirst()).writeTo(json);
      json.endObject().endObject();
    }
    json.endList().endObject().line();
  }

  private void notify(String id, String level, String text, String file) {
    begin(id, level, text);
    json.list("locations").object().object("physicalLocation");
    Artifact.of(file).writeTo(json);
    json.endObject().endObject().endList().endObject().line();
  }

  private void begin(String id, String level, String text) {
    json.object().object("descriptor").text("id", id).endObject().text("level", level);
    message(text);
  }

  private void message(String text) {
    json.object("message").text("text", text).endObject();
  }
}
