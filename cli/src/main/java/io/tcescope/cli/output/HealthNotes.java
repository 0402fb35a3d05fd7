package io.tcescope.cli.output;

import io.tcescope.engine.event.TraceHealth;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a recording, in lines for stderr. */
public final class HealthNotes {
  private HealthNotes() {}

  /**
   * The lines; places name their file, remarks may need it told.
   *
   * @param file what remarks begin with
   */
  public static List<String> of(TraceHealth health, String file) {
    List<String> notes = new ArrayList<>();
    health
        .skipped()
        .forEach(
            (reason, skipped) ->
                notes.add(
                    skipped.count() + " x " + reason + ", first at " + skipped.first().getFirst()));
    health.remarks().forEach(remark -> notes.add((remark.startsWith(file) ? "" : file) + remark));
    return notes;
  }
}
