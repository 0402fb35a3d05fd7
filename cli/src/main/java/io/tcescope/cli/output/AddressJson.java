package io.tcescope.cli.output;

import io.tcescope.cli.input.Places;
import io.tcescope.engine.replay.AddressLife;
import io.tcescope.engine.state.Certainty;
import java.util.List;
import java.util.Locale;

/** The life of a bus address as JSON. */
public final class AddressJson {
  private final Json json;
  private final References references;
  private final Places places;

  public AddressJson(Json json, References references, Places places) {
    this.json = json;
    this.references = references;
    this.places = places;
  }

  /** One document, or a line for each moment. */
  public void life(long ioba, List<AddressLife.Moment> moments, boolean lines) {
    if (!lines) {
      json.object().number("tcescope", 1).address("ioba", ioba).list("moments");
    }
    for (AddressLife.Moment moment : moments) {
      moment(moment);
      if (lines) {
        json.line();
      }
    }
    if (!lines) {
      json.endList().endObject().line();
    }
  }

  private void moment(AddressLife.Moment moment) {
    json.object();
    references
        .write(json, places.get(moment.ordinal()))
        .text("what", moment.what().name().toLowerCase(Locale.ROOT))
        .address("liobn", moment.window().liobn())
        .number("generation", moment.window().generation())
        .number("entry", moment.index(), moment.window().hasGeometry());
    if (moment.omitted() > 0) {
      json.number("omitted", moment.omitted());
    }
    if (moment.gone()) {
      json.text("tce", null).text("certainty", null).endObject();
      return;
    }
    Certainty certainty = moment.knowledge().certainty();
    json.address("tce", moment.tce(), certainty != Certainty.UNKNOWN)
        .text("certainty", certainty.label());
    switch (certainty) {
      case OBSERVED -> {}
      case INFERRED -> json.text("rule", moment.knowledge().label());
      case UNKNOWN -> json.text("reason", moment.knowledge().label());
    }
    json.endObject();
  }
}
