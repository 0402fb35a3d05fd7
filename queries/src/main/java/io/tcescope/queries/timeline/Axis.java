package io.tcescope.queries.timeline;

import io.tcescope.engine.event.Event;
import java.util.Arrays;
import java.util.List;

/**
 * Divides a run of unknown length into parts of equal length. They become twice as long whenever
 * there would be more than {@link #MOST_PARTS} of them. The axis is time, or the number of the
 * event where no event has a time stamp; time never runs backwards on it.
 */
final class Axis {
  static final int MOST_PARTS = 1024;

  /** Folds everything into the first part. */
  private static final int ALL = Integer.SIZE - 1;

  private final boolean byTime;
  private final long[] firstEvents = new long[MOST_PARTS];
  private boolean timed;
  private long origin;
  private long position;
  private long width = 1;
  private int part;

  /** An axis of time where there is any, or always of events. */
  Axis(boolean byTime) {
    this.byTime = byTime;
  }

  /**
   * Moves on to the next event. Returns by how many bits the numbers of all parts so far have to be
   * shifted right, for each bit makes the parts twice as long.
   */
  int advance(Event event) {
    int shift = place(event);
    while (position / width >= MOST_PARTS) {
      width *= 2;
      shift = Math.min(ALL, shift + 1);
    }
    if (shift > 0) {
      fold(shift);
    }
    part = (int) (position / width);
    if (firstEvents[part] == 0) {
      firstEvents[part] = event.ordinal();
    }
    return shift;
  }

  /** Events before the first time stamp have no place in time but the beginning. */
  private int place(Event event) {
    boolean stamped = byTime && event.time() != Event.NO_TIME;
    if (stamped && !timed) {
      timed = true;
      origin = event.time();
      width = 1;
      position = 0;
      return ALL;
    }
    if (stamped) {
      position = Math.max(position, event.time() - origin);
    } else if (!timed) {
      position = event.ordinal() - 1;
    }
    return 0;
  }

  private void fold(int shift) {
    long[] old = firstEvents.clone();
    Arrays.fill(firstEvents, 0);
    for (int i = 0; i < MOST_PARTS; i++) {
      int folded = i >> shift;
      if (old[i] != 0 && firstEvents[folded] == 0) {
        firstEvents[folded] = old[i];
      }
    }
  }

  /** The part in which the current event lies. */
  int part() {
    return part;
  }

  boolean timed() {
    return timed;
  }

  long origin() {
    return timed ? origin : 0;
  }

  /** Length of a part in nanoseconds, or in events. */
  long width() {
    return width;
  }

  /** Where the last event lies, counted like {@link #width()} from the first one. */
  long length() {
    return position;
  }

  /** The first event of each part that has any, else 0. */
  List<Long> firstEvents() {
    return Arrays.stream(firstEvents).limit(part + 1L).boxed().toList();
  }
}
