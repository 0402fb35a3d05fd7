package io.tcescope.queries.timeline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run as lanes: one for each window, over an axis of equal parts.
 *
 * @param timed the axis is time; otherwise it counts events
 * @param origin where the axis begins: nanoseconds as recorded, or 0
 * @param width length of a part: nanoseconds, or events
 * @param length from the first event to the last, in the same unit
 * @param firstEvents ordinal of the first event of each part, 0 if it has none
 * @param losses how often records were lost, by part
 * @param upheavals what happened to the whole machine, in order
 * @param lanes in the order of LIOBN and generation
 */
public record Lanes(
    boolean timed,
    long origin,
    long width,
    long length,
    List<Long> firstEvents,
    List<Long> losses,
    List<Upheaval> upheavals,
    List<Lane> lanes) {
  public Lanes {
    firstEvents = List.copyOf(firstEvents);
    losses = List.copyOf(losses);
    upheavals = List.copyOf(upheavals);
    lanes = List.copyOf(lanes);
  }

  /** The same with some of the lanes. */
  public Lanes only(Predicate<Lane> wanted) {
    List<Lane> some = lanes.stream().filter(wanted).toList();
    return new Lanes(timed, origin, width, length, firstEvents, losses, upheavals, some);
  }

  /** The lanes of each LIOBN, in their order. */
  public SortedMap<Long, List<Lane>> byLiobn() {
    return lanes.stream()
        .collect(
            Collectors.groupingBy(
                Lane::liobn, () -> new TreeMap<>(Long::compareUnsigned), Collectors.toList()));
  }

  /** Number of parts. */
  public int parts() {
    return firstEvents.size();
  }

  /** The part in which an event lies. */
  public int partOf(long ordinal) {
    int part = 0;
    for (int i = 0; i < firstEvents.size(); i++) {
      long first = firstEvents.get(i);
      if (first != 0 && first <= ordinal) {
        part = i;
      }
    }
    return part;
  }
}
