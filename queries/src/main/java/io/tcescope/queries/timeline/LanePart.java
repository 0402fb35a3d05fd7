package io.tcescope.queries.timeline;

/**
 * What happened to a window in one part of the run.
 *
 * @param number of the part, from 0
 * @param live live entries when the part ended
 * @param peak the most live entries in it
 * @param mapped entries that became live
 * @param cleared entries that ceased to be live
 * @param refused calls that failed
 * @param faults device accesses that found nothing
 * @param swept the clearing of the whole window was completed
 */
public record LanePart(
    int number,
    long live,
    long peak,
    long mapped,
    long cleared,
    long refused,
    long faults,
    boolean swept) {
  /** This part and the next one as one. */
  LanePart and(LanePart next, int asNumber) {
    return new LanePart(
        asNumber,
        next.live,
        Math.max(peak, next.peak),
        mapped + next.mapped,
        cleared + next.cleared,
        refused + next.refused,
        faults + next.faults,
        swept || next.swept);
  }

  LanePart numbered(int asNumber) {
    return new LanePart(asNumber, live, peak, mapped, cleared, refused, faults, swept);
  }
}
