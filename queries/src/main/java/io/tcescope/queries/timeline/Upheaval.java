package io.tcescope.queries.timeline;

/**
 * What happened to a whole machine, and so to all of its windows.
 *
 * @param event ordinal of the first event that shows it
 */
public record Upheaval(Kind kind, long event) {
  /** What it was. */
  public enum Kind {
    MACHINE_RESET,
    /** An incoming migration or a snapshot was loaded: tables are full, of what nobody tells. */
    MIGRATED_IN,
    /** Tables were written out, for a migration or a snapshot. */
    SAVED,
    /** All queues of virtual devices were freed, as where a guest hands over to the next. */
    QUIESCED
  }
}
