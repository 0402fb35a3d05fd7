package io.tcescope.traces.format;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Places in a recording whose records do not stand alone, each with what a reader that came from
 * the front knows there; {@link Waypoints} are for those that do. Readers add them as they pass;
 * any thread may use them.
 *
 * @param <S> what a reader carries from record to record; must not change once added
 */
public final class Keyframes<S> {
  /** Events between two keyframes: a jump re-reads at most so many. */
  private static final long INTERVAL = 1 << 14;

  /** The event {@code ordinal} is the first behind {@code offset}. */
  public record Keyframe<S>(long ordinal, long offset, S state) {}

  private final ConcurrentSkipListMap<Long, Keyframe<S>> frames = new ConcurrentSkipListMap<>();

  /** A recording whose first record is at {@code offset}. */
  public Keyframes(long offset, S atStart) {
    frames.put(1L, new Keyframe<>(1, offset, atStart));
  }

  /** The nearest place at or before an event. */
  public Keyframe<S> before(long ordinal) {
    Map.Entry<Long, Keyframe<S>> entry = frames.floorEntry(Math.max(1, ordinal));
    return entry == null ? frames.firstEntry().getValue() : entry.getValue();
  }

  /** True if a reader should add a keyframe at this event. */
  public boolean wantedAt(long ordinal) {
    return (ordinal & (INTERVAL - 1)) == 0 && !frames.containsKey(ordinal);
  }

  public void add(long ordinal, long offset, S state) {
    frames.putIfAbsent(ordinal, new Keyframe<>(ordinal, offset, state));
  }
}
