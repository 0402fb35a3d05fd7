package io.tcescope.cli.sarif;

import io.tcescope.cli.input.Place;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Json;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import java.util.List;

/** Where events of a run stand: by line where their file is text, else by number and time. */
final class Locations {
  /** Code scanning shows so many at most, and refuses a file with ten times as many. */
  private static final int MOST_RELATED = 100;

  private static final int MOST_STEPS = 1000;

  private final Json json;
  private final Checked run;

  Locations(Json json, Checked run) {
    this.json = json;
    this.run = run;
  }

  /** Where a finding is. */
  void of(Finding finding) {
    json.list("locations");
    location(finding.ordinal(), true);
    json.endObject().endList();
  }

  /** Where an event is, as an element of a list. */
  void event(long ordinal) {
    location(ordinal, true);
    json.endObject();
  }

  /** The events that prove a finding, as places to look at, and as steps one after the other. */
  void of(List<Evidence> evidence) {
    if (evidence.isEmpty()) {
      return;
    }
    json.list("relatedLocations");
    for (int i = 0; i < Math.min(evidence.size(), MOST_RELATED); i++) {
      location(evidence.get(i).ordinal(), false); // the steps below show the record
      json.number("id", i + 1L);
      message(evidence.get(i).note());
      json.endObject();
    }
    json.endList();
    json.list("codeFlows").object().list("threadFlows").object().list("locations");
    evidence.stream().limit(MOST_STEPS).forEach(this::step);
    json.endList().endObject().endList().endObject().endList();
  }

  private void step(Evidence one) {
    json.object();
    json.object("location");
    physical(one.ordinal(), true);
    message(one.note());
    json.endObject().endObject();
  }

  private void message(String text) {
    json.object("message").text("text", text).endObject();
  }

  /** Begins a location, which the caller ends. */
  private void location(long ordinal, boolean shown) {
    json.object();
    physical(ordinal, shown);
  }

  private void physical(long ordinal, boolean shown) {
    Place place = run.places().get(ordinal);
    boolean isText = run.places().isText(place.file());
    json.object("physicalLocation");
    Artifact.of(run.files().get(place.file())).writeTo(json);
    if (isText && place.line() > 0) {
      region(place, shown);
    }
    json.endObject();
    json.object("properties").number("event", ordinal).text("time", place.time());
    if (!isText && place.line() > 0) {
      json.number("record", place.line());
      if (shown) {
        json.text("text", place.record().strip());
      }
    }
    json.endObject();
  }

  /** The whole line; code scanning wants both ends. */
  private void region(Place place, boolean shown) {
    String line = place.record().stripTrailing();
    json.object("region")
        .number("startLine", place.line())
        .number("startColumn", 1)
        .number("endLine", place.line())
        .number("endColumn", line.length() + 1L);
    if (shown) {
      json.object("snippet").text("text", line).endObject();
    }
    json.endObject();
  }
}
