package io.tcescope.cli.output;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Notation;
import io.tcescope.engine.state.Role;
import io.tcescope.queries.timeline.Lane;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One window from its opening to its end.
 *
 * @param role as in output, "?" where the recording does not tell
 * @param buid of its bridge, 0 if none or not known
 * @param range first and last bus address, "?" where not known
 * @param page size of a page in words, "?" where not known
 * @param peak the most entries that were live at once
 * @param live entries live at its end
 * @param whole true if it is known of every entry what it held at its end
 * @param opened ordinal of the event that opened it, 0 if it was there before the recording
 * @param closed ordinal of the event that closed it, 0 if it is open at the end
 */
public record WindowLife(
    long liobn,
    int generation,
    String role,
    long buid,
    String range,
    String page,
    long peak,
    long live,
    boolean whole,
    String mapping,
    long opened,
    long closed) {
  /** By the moment they came. */
  public static final Comparator<WindowLife> ORDER =
      Comparator.comparingLong(WindowLife::opened)
          .thenComparing(WindowLife::liobn, Long::compareUnsigned)
          .thenComparingInt(WindowLife::generation);

  /** The window of a lane, over the whole run. */
  public static WindowLife of(Lane lane) {
    long end = lane.start() + (lane.entries() << lane.pageShift());
    return new WindowLife(
        lane.liobn(),
        lane.generation(),
        lane.role() == Role.UNKNOWN ? "?" : lane.role().name().toLowerCase(Locale.ROOT),
        lane.buid(),
        lane.placed() ? Notation.range(lane.start(), end) : "?",
        lane.placed() ? Notation.pageSize(lane.pageShift()) : "?",
        lane.peak(),
        lane.live(),
        lane.unknown() == 0,
        lane.mapping().name().toLowerCase(Locale.ROOT),
        lane.openedBy(),
        lane.closed().event());
  }

  /** The window as it is now, closed just now or still open. */
  public static WindowLife of(DmaWindow window) {
    boolean placed = window.hasGeometry();
    return new WindowLife(
        window.liobn(),
        window.generation(),
        window.role() == Role.UNKNOWN ? "?" : window.role().name().toLowerCase(Locale.ROOT),
        window.bridge().buid(),
        placed ? Notation.range(window.start(), window.end()) : "?",
        placed ? Notation.pageSize(window.pageShift()) : "?",
        window.peakMapped(),
        window.mapped(),
        window.unknown() == 0,
        window.mapping().name().toLowerCase(Locale.ROOT),
        window.openedBy(),
        window.closedBy());
  }

  /** False if more may have been live at once: before the recording, or of what is unknown. */
  public boolean isPeakWhole() {
    return whole && opened != 0;
  }

  /** True if that can be said of every window of them. */
  public static boolean arePeaksWhole(List<Lane> lanes) {
    return lanes.stream()
        .filter(lane -> lane.generation() > 0)
        .map(WindowLife::of)
        .allMatch(WindowLife::isPeakWhole);
  }
}
