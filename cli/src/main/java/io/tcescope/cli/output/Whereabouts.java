package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import java.util.List;

/** Where the events of a run stand, in words. */
final class Whereabouts {
  private Whereabouts() {}

  /** Where an event stands and when it happened. */
  static String moment(Checked run, long ordinal) {
    String time = run.places().get(ordinal).time();
    return line(run, ordinal) + (time == null ? "" : ", " + time + " s");
  }

  /** Where an event stands. */
  static String line(Checked run, long ordinal) {
    if (ordinal == 0) {
      return "the start";
    }
    Place place = run.places().get(ordinal);
    List<String> files = run.files();
    String file = files.size() > 1 ? FileNames.shown(files).get(place.file()) + " " : "";
    String event = place.line() == ordinal ? "" : " (event " + ordinal + ")";
    return file + "line " + place.line() + event;
  }
}
