package io.tcescope.cli.compare;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.References;
import io.tcescope.engine.event.TraceHealth.Records;
import io.tcescope.queries.story.Parting;
import io.tcescope.queries.story.Step;
import java.util.Optional;

/** Two runs side by side, as one JSON document. */
public final class PairJson {
  private final Json json;
  private final Pair pair;

  public PairJson(Json json, Pair pair) {
    this.json = json;
    this.pair = pair;
  }

  /** Writes it as a document of its own. */
  public void write() {
    json.object().number("tcescope", 1);
    fields();
    json.endObject().line();
  }

  /** Writes it into an object. */
  void fields() {
    json.flag("alike", pair.isAlike());
    run("a", pair.a());
    run("b", pair.b());
    json.list("chapters");
    pair.partings().forEach(this::chapter);
    json.endList().list("findings");
    pair.findings().forEach(this::findings);
    json.endList().list("calls");
    pair.calls().forEach(this::calls);
    json.endList();
  }

  private void run(String name, Investigated run) {
    json.object(name)
        .text("trace", run.checked().name())
        .value("files", run.checked().files())
        .number("events", run.checked().health().events());
    json.list("causes");
    References references = new References(run.checked().files());
    run.diagnosis()
        .causes()
        .forEach(
            cause -> {
              json.object().text("rule", cause.rule()).text("message", cause.message());
              references.write(json, run.checked().places().get(cause.ordinal())).endObject();
            });
    json.endList().text("undecided", run.diagnosis().undecided().orElse(null)).endObject();
  }

  private void chapter(Parting parting) {
    json.object().text("subject", parting.subject()).flag("alike", parting.isAlike()).list("steps");
    for (Parting.Row row : parting.rows()) {
      json.object().text("what", row.step().what());
      step("a", pair.a(), row.first());
      step("b", pair.b(), row.second());
      json.endObject();
    }
    json.endList().endObject();
  }

  private void step(String name, Investigated run, Optional<Step> told) {
    if (told.isEmpty()) {
      json.text(name, null);
      return;
    }
    Step step = told.get();
    json.object(name);
    new References(run.checked().files()).write(json, Place.of(step.first()));
    json.text("detail", step.detail().isEmpty() ? null : step.detail())
        .number("count", step.count())
        .endObject();
  }

  private void findings(Pair.Findings findings) {
    json.object()
        .text("rule", findings.kind().rule())
        .text("severity", findings.kind().severity().label())
        .text("fingerprint", findings.kind().fingerprint())
        .number("a", findings.inA().size())
        .number("b", findings.inB().size())
        .endObject();
  }

  private void calls(Pair.Calls calls) {
    json.object().text("call", calls.name());
    records("a", calls.inA());
    records("b", calls.inB());
    json.endObject();
  }

  private void records(String name, Records records) {
    json.object(name)
        .number("count", records.count())
        .number("failed", records.failed())
        .endObject();
  }
}
