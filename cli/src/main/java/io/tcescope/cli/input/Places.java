package io.tcescope.cli.input;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Finds the places of events by reading the recording again, forwards, once. */
public final class Places {
  /** A reader is sent on to the next event if it is that near, else one is opened there. */
  private static final long NEAR = 1 << 14;

  private final Map<Long, Place> places = new HashMap<>();

  private Places() {}

  /** The places of those events of a run. */
  public static Places of(Trace trace, Collection<Long> ordinals) {
    Places found = new Places();
    Event event = new Event();
    TraceReader reader = trace.read(1);
    long next = 1;
    for (long ordinal : new TreeSet<>(ordinals)) {
      if (ordinal < 1) {
        continue;
      }
      if (ordinal - next > NEAR) {
        reader = trace.read(ordinal);
      }
      if (reader.find(ordinal, event)) {
        found.places.put(ordinal, Place.of(event));
      }
      next = ordinal + 1;
    }
    return found;
  }

  /** The place of one event. */
  public static Place of(Trace trace, long ordinal) {
    return of(trace, java.util.List.of(ordinal)).get(ordinal);
  }

  /** The place of an event that was asked for. */
  public Place get(long ordinal) {
    return places.getOrDefault(ordinal, Place.START);
  }
}
