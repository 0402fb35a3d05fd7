package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import java.util.List;

/**
 * How every JSON document refers to an event: event, line, time, and the file if there are more.
 */
public final class References {
  private final List<String> files;

  public References(List<String> files) {
    this.files = files;
  }

  /** Adds the reference to the object that is being written. */
  public Json write(Json json, Place place) {
    json.number("event", place.event()).number("line", place.line()).text("time", place.time());
    if (files.size() > 1) {
      json.text("file", files.get(place.file()));
    }
    return json;
  }
}
