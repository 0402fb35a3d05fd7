package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Certainty;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.why.AddressFate;
import io.tcescope.engine.why.AddressFate.Attempt;
import io.tcescope.engine.why.AskedAddress;
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
    json.object().number("tcescope", 1);
    diagnosis.address().ifPresent(this::address);
    json.list("symptoms");
    diagnosis.symptoms().forEach(symptom -> symptom(symptom, diagnosis));
    json.endList().list("causes");
    diagnosis.causes().forEach(cause -> cause(cause, diagnosis));
    json.endList().list("rejected");
    for (Diagnosis.Rejected rejected : diagnosis.rejected()) {
      json.object().text("rule", rejected.rule());
      references.write(json, places.get(rejected.ordinal()));
      json.text("reason", rejected.reason()).flag("grave", rejected.isGrave()).endObject();
    }
    json.endList().text("undecided", diagnosis.undecided().orElse(null)).endObject().line();
  }

  private void symptom(Symptom symptom, Diagnosis diagnosis) {
    json.object();
    boolean there = symptom.hasMoment();
    event(there ? symptom.ordinal() : 0);
    json.text("text", symptom.text())
        .text("kind", symptom.kind().label())
        .text("origin", symptom.origin().label())
        .number("count", symptom.count())
        .flag("countIsLeast", symptom.isLeast())
        .number("unmaps", symptom.unmaps())
        .flag("unmapsAreLeast", symptom.unmapsAreLeast())
        .number("last", symptom.last(), there)
        .text("device", symptom.device().isEmpty() ? null : symptom.device())
        .address("buid", symptom.buid().orElse(0), symptom.buid().isPresent())
        .address("liobn", symptom.liobn().orElse(0), symptom.liobn().isPresent())
        .address("ioba", symptom.ioba().orElse(0), symptom.ioba().isPresent())
        .flag("explained", !diagnosis.unexplained().contains(symptom))
        .endObject();
  }

  private void address(AskedAddress asked) {
    json.object("address").address("ioba", asked.ioba());
    references.write(json, places.get(asked.at())).list("fates");
    asked.fates().forEach(fate -> fate(asked.ioba(), fate));
    json.endList().endObject();
  }

  private void fate(long ioba, AddressFate fate) {
    DmaWindow window = fate.window();
    boolean covered = window != DmaWindow.NONE;
    json.object()
        .text("fate", fate.kind().label())
        .address("liobn", window.liobn(), covered)
        .number("generation", window.generation(), covered)
        .address("buid", window.bridge().buid(), window.bridge().buid() != 0);
    event(fate.ordinal());
    json.address("tce", fate.tce(), covered && !fate.knowledge().isUnknown())
        .address("real", fate.isLive() ? fate.realAddress(ioba) : 0, fate.isLive())
        .number("perm", Tce.permission(fate.tce()), fate.isLive());
    event("written", fate.writer());
    event("failedMap", fate.attempt().map(Attempt::ordinal).orElse(0L));
    Certainty certainty = fate.knowledge().certainty();
    json.text("certainty", certainty.label())
        .text("rule", certainty == Certainty.INFERRED ? fate.knowledge().label() : null)
        .text("reason", certainty == Certainty.UNKNOWN ? fate.knowledge().label() : null)
        .endObject();
  }

  /** An event as an object of its own, null if there is none. */
  private void event(String name, long ordinal) {
    if (ordinal == 0) {
      json.text(name, null);
    } else {
      references.write(json.object(name), places.get(ordinal)).endObject();
    }
  }

  /** The reference to an event, all null if there is none. */
  private void event(long ordinal) {
    if (ordinal == 0) {
      json.number("event", 0, false).number("line", 0, false).text("time", null);
    } else {
      references.write(json, places.get(ordinal));
    }
  }

  private void cause(Cause cause, Diagnosis diagnosis) {
    json.object().text("rule", cause.rule()).text("confidence", cause.confidence().label());
    references.write(json, places.get(cause.ordinal()));
    json.text("message", cause.message()).list("chain");
    for (Evidence step : cause.chain()) {
      json.object();
      references.write(json, places.get(step.ordinal()));
      json.text("note", step.note()).endObject();
    }
    json.endList().value("before", cause.before()).value("after", cause.after());
    json.value("explains", cause.explains().stream().map(diagnosis.symptoms()::indexOf).toList());
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
