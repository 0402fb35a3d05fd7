package io.tcescope.cli.compare;

import io.tcescope.cli.output.Checked;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.queries.story.Story;

/**
 * One of two runs.
 *
 * @param checked its findings, and the places of all events that are named
 * @param story what happened in it
 * @param diagnosis what explains its symptoms
 */
public record Run(Checked checked, Story story, Diagnosis diagnosis) {}
