package io.tcescope.cli.output;

import io.tcescope.engine.event.TraceHealth;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a recording, in lines for stderr. */
public final class HealthNotes {
  private HealthNotes() {}

  /**
   * The lines. Places name their file; other remarks need it told if the run is one of several.
   *
   * @param files those of the run
   */
  public static List<String> of(TraceHealth health, List<String> files, boolean several) {
    List<String> notes = new ArrayList<>();
    health
        .skipped()
        .forEach(
            (reason, skipped) ->
                notes.add(
                    skipped.count() + " x " + reason + ", first at " + skipped.first().getFirst()));
    String run = several ? String.join(" + ", files) + ": " : "";
    health.remarks().forEach(remark -> notes.add((remark.startsWith(run) ? "" : run) + remark));
    return several ? notes : notes.stream().map(note -> FileNames.within(note, files)).toList();
  }
}
