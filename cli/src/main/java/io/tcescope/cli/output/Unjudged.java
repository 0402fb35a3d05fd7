package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.scripting.ScriptError;

/** How far a rule in JavaScript judged a run before it broke. */
public final class Unjudged {
  private Unjudged() {}

  /** The first event that it did not judge: the run's first if it broke before that. */
  static long from(ScriptError error) {
    return Math.max(error.from(), 1);
  }

  /** The same in words. */
  public static String words(Checked run, ScriptError error) {
    return error.from() == 0 ? "at all" : "from " + Whereabouts.line(run, error.from()) + " on";
  }

  /** What the event says that the rule was handling, empty if that was none. */
  public static String record(Checked run, ScriptError error) {
    Place place = run.places().get(error.event());
    return error.event() == 0 ? "" : place.record().strip();
  }
}
