package io.tcescope.queries.index;

import io.tcescope.engine.event.Event;
import io.tcescope.queries.language.EventFacts;
import java.util.Arrays;

/** The places of all events that match, kept one by one. */
final class CollectedSpread implements Spread, SearchableRun.Hits {
  private long[] places = new long[1024];
  private int size;
  private boolean timed;

  @Override
  public boolean on(Event event, EventFacts facts) {
    boolean stamped = event.time() != Event.NO_TIME;
    if (stamped && !timed) {
      timed = true;
      size = 0; // what came before has no place in time
    }
    if (stamped == timed) {
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
      }
      places[size++] = timed ? event.time() : event.ordinal();
    }
    return true;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public boolean timed() {
    return timed;
  }

  @Override
  public long first() {
    return Arrays.stream(places, 0, size).min().orElse(0);
  }

  @Override
  public long last() {
    return Arrays.stream(places, 0, size).max().orElse(0);
  }

  @Override
  public void fill(Bars bars) {
    for (int i = 0; i < size; i++) {
      bars.add(places[i], 1);
    }
  }
}
