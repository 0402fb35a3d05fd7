package io.tcescope.queries.timeline;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import java.util.List;

/**
 * One window over the run.
 *
 * @param generation of the LIOBN, from 1; 0 for calls on a LIOBN that never had a window
 * @param buid of its bridge, 0 if none or not known
 * @param placed true if {@code start}, {@code pageShift} and {@code entries} are known
 * @param peak the most entries that were live at once
 * @param live entries live at its end, as far as is known
 * @param unknown entries of which nobody knows what they held at its end
 * @param openedBy ordinal of the event that opened it, 0 if it was there before the recording
 * @param opened that event's place, {@link Moment#NEVER} if there is none
 * @param closed {@link Moment#NEVER} if it is open at the end
 * @param sweeps the last clears of sweeps of the whole window, the first ones if there are many
 * @param parts of the run in which something happened to it, in order
 */
public record Lane(
    long liobn,
    int generation,
    long buid,
    Role role,
    Mapping mapping,
    boolean placed,
    long start,
    int pageShift,
    long entries,
    long peak,
    long live,
    long unknown,
    long openedBy,
    Moment opened,
    Moment closed,
    List<Moment> sweeps,
    List<LanePart> parts) {
  public Lane {
    sweeps = List.copyOf(sweeps);
    parts = List.copyOf(parts);
  }

  static Lane of(long liobn, int generation, DmaWindow window, Moment closed) {
    return new Lane(
        liobn,
        generation,
        window.bridge().buid(),
        window.role(),
        window.mapping(),
        window.hasGeometry(),
        window.start(),
        window.pageShift(),
        window.entries(),
        window.peakMapped(),
        window.mapped(),
        window.unknown(),
        window.openedBy(),
        Moment.NEVER,
        closed,
        List.of(),
        List.of());
  }

  /** Looks at a table show entries too, which no call has written: they count for the peak. */
  Lane with(Moment openedAt, List<Moment> allSweeps, List<LanePart> allParts) {
    long most = allParts.stream().mapToLong(LanePart::peak).reduce(peak, Math::max);
    return changed(most, live, unknown, openedAt, allSweeps, allParts);
  }

  /** The same without a word on how many entries were live. */
  Lane ofUnknownUse() {
    return changed(0, 0, entries, opened, sweeps, parts);
  }

  private Lane changed(
      long most,
      long liveAtEnd,
      long unknownAtEnd,
      Moment openedAt,
      List<Moment> allSweeps,
      List<LanePart> allParts) {
    return new Lane(
        liobn,
        generation,
        buid,
        role,
        mapping,
        placed,
        start,
        pageShift,
        entries,
        most,
        liveAtEnd,
        unknownAtEnd,
        openedBy,
        openedAt,
        closed,
        allSweeps,
        allParts);
  }

  public long refused() {
    return parts.stream().mapToLong(LanePart::refused).sum();
  }

  public long faults() {
    return parts.stream().mapToLong(LanePart::faults).sum();
  }
}
