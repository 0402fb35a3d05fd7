package io.tcescope.cli.output;

import io.tcescope.engine.why.Diagnosis;
import io.tcescope.queries.story.Story;
import io.tcescope.queries.timeline.Lanes;

/**
 * All that there is to tell of one run.
 *
 * @param checked its findings and windows, and the places of all events that are named
 * @param lanes its windows over the run
 * @param story what happened in it
 * @param diagnosis what explains its symptoms
 */
public record Investigated(Checked checked, Lanes lanes, Story story, Diagnosis diagnosis) {
  /** How people are told of the diagnosis. */
  public DiagnosisWords words() {
    return new DiagnosisWords(checked.places(), FileNames.shown(checked.files()));
  }
}
