package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.why.Cause;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.engine.why.Pressure;
import io.tcescope.engine.why.Symptom;

/** A diagnosis as one JSON document. */
public final class WhyJson {
  private final Json json;
  private final References references;
  private final Places places;

  public WhyJson(Json json, References references, Places places) {
    this.json = json;
    this.references = references;
    this.places = places;
  }

  public void diagnosis(Diagnosis diagnosis) {
    json.object().number("tcescope", 1).list("symptoms");
    diagnosis.symptoms().forEach(this::symptom);
    json.endList().list("causes");
    diagnosis.causes().forEach(this::cause);
    json.endList().list("rejected");
    for (Diagnosis.Rejected rejected : diagnosis.rejected()) {
      json.object().text("rule", rejected.rule());
      references.write(json, places.get(rejected.ordinal()));
      json.text("reason", rejected.reason()).flag("grave", rejected.isGrave()).endObject();
    }
    json.endList().text("undecided", diagnosis.undecided().orElse(null)).endObject().line();
  }

  private void symptom(Symptom symptom) {
    json.object();
    references.write(json, places.get(symptom.ordinal()));
    json.text("text", symptom.text())
        .text("kind", symptom.kind().label())
        .number("count", symptom.count())
        .number("unmaps", symptom.unmaps())
        .number("last", symptom.last())
        .text("device", symptom.device().isEmpty() ? null : symptom.device())
        .address("buid", symptom.buid().orElse(0), symptom.buid().isPresent())
        .address("liobn", symptom.liobn().orElse(0), symptom.liobn().isPresent())
        .address("ioba", symptom.ioba().orElse(0), symptom.ioba().isPresent())
        .endObject();
  }

  private void cause(Cause cause) {
    json.object().text("rule", cause.rule()).text("confidence", cause.confidence().label());
    references.write(json, places.get(cause.ordinal()));
    json.text("message", cause.message()).list("chain");
    for (Evidence step : cause.chain()) {
      json.object();
      references.write(json, places.get(step.ordinal()));
      json.text("note", step.note()).endObject();
    }
    json.endList().value("before", cause.before()).value("after", cause.after());
    cause.pressure().ifPresent(this::pressure);
    json.endObject();
  }

  private void pressure(Pressure pressure) {
    json.object("pressure").address("liobn", pressure.liobn());
    references.write(json, places.get(pressure.ordinal()));
    json.number("pages", pressure.pages()).flag("neverFits", pressure.neverFits()).list("pools");
    for (Pressure.Pool pool : pressure.pools()) {
      json.object().number("first", pool.first()).number("last", pool.last());
      json.number("live", pool.live(), pressure.isKnown());
      json.number("largestFree", pool.largestFree(), pressure.isKnown());
      json.flag("serves", pool.serves()).endObject();
    }
    json.endList().list("holders");
    for (Pressure.Holder holder : pressure.holders()) {
      json.object().text("who", holder.who()).number("entries", holder.entries()).endObject();
    }
    json.endList().list("leakSuspects");
    for (Pressure.Held held : pressure.suspects()) {
      json.object().number("first", held.first()).number("pages", held.pages());
      references.write(json, places.get(held.ordinal()));
      json.endObject();
    }
    json.endList().endObject();
  }
}
