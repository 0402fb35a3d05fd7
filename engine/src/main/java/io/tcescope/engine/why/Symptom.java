package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import java.util.List;
import java.util.OptionalLong;

/**
 * Trouble as it was recorded; what repeats itself is one symptom.
 *
 * @param ordinal its first record
 * @param last its last record
 * @param reset where the machine was reset last before it, 0 if it was not or that is not recorded
 * @param count how often it occurred; where several recorders tell of it, by the one that saw most;
 *     of failed calls the maps, 0 if only unmaps failed
 * @param unmaps unmaps that failed on the same table, counted likewise; 0 for any other kind
 * @param isLeast true if it occurred more often for all that is known: the recorder left some out
 * @param unmapsAreLeast the same of the unmaps
 * @param origin whether the recording holds it
 * @param text the record, or what it says in words
 * @param device PCI address of the device, empty if the record names none
 * @param buid the bridge (PE) it concerns, empty if that cannot be told
 * @param liobn the window it concerns, empty if the records name none, or several
 * @param ioba the bus address it concerns, empty if the record names none
 * @param guestTable the guest's own name for the table, empty if the record names none
 * @param window what the recording says of the window at that moment
 * @param opened where that window was made, 0 if it was not or that is not recorded
 * @param trail the events that made the address what it was then, in order; empty if the recording
 *     does not tell
 */
public record Symptom(
    SymptomKind kind,
    long ordinal,
    long last,
    long reset,
    long count,
    long unmaps,
    boolean isLeast,
    boolean unmapsAreLeast,
    Origin origin,
    String text,
    String device,
    OptionalLong buid,
    OptionalLong liobn,
    OptionalLong ioba,
    OptionalLong guestTable,
    Presence window,
    long opened,
    List<Evidence> trail) {

  /** Where a symptom is known from. */
  public enum Origin {
    /** The recording holds it. */
    RECORDED("recorded"),
    /** Somebody saw it elsewhere, after all that is recorded. */
    TOLD("told"),
    /** The same in words that name no kind of symptom: taken for a lost access, which it may be. */
    TOLD_UNCLEARLY("told-unclearly"),
    /** An access to a bus address that somebody asks about. */
    ASKED("asked");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    /** The name in output. */
    public String label() {
      return label;
    }
  }

  /** Whether the window of a symptom was there. */
  public enum Presence {
    THERE,
    GONE,
    /** Nothing that is recorded ever gave the LIOBN a window. */
    NEVER,
    NOT_TOLD
  }

  public Symptom {
    trail = List.copyOf(trail);
  }

  /** True if there is an event that shows it, or at which it is asked about. */
  public boolean hasMoment() {
    return origin == Origin.RECORDED || origin == Origin.ASKED;
  }

  /** True if that event is one of those that made the address what it was. */
  boolean isOnTrail(long event) {
    return trail.stream().anyMatch(step -> step.ordinal() == event);
  }

  private static String least(boolean really) {
    return really ? "at least " : "";
  }

  /** The kind, and how often it occurred. */
  @Override
  public String toString() {
    if (origin == Origin.ASKED) {
      return "the access asked about";
    }
    String failedUnmaps =
        least(unmapsAreLeast) + unmaps + (unmaps == 1 ? " failed unmap" : " failed unmaps");
    if (count == 0) {
      return kind.label() + ", " + failedUnmaps;
    }
    String times = count == 1 && !isLeast ? "" : ", " + least(isLeast) + count + " times";
    return kind.label() + times + (unmaps == 0 ? "" : ", and " + failedUnmaps);
  }
}
