package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import java.util.OptionalLong;

/**
 * Answers questions about earlier moments by reading the recording again. It is asked only when
 * there is something to explain.
 */
final class Past {
  private final Trace trace;
  private final IommuState.Rules rules;
  private IommuState state;

  Past(Trace trace, IommuState.Rules rules) {
    this.trace = trace;
    this.rules = rules;
    this.state = new IommuState(rules);
  }

  /** Nanoseconds of an event, empty if it has no time stamp or does not exist. */
  OptionalLong time(long ordinal) {
    Event event = new Event();
    boolean timed = ordinal > 0 && trace.read(ordinal).next(event) && event.time() != Event.NO_TIME;
    return timed ? OptionalLong.of(event.time()) : OptionalLong.empty();
  }

  /** Nanoseconds from one event to another, empty if either has no time stamp. */
  OptionalLong between(long earlier, long later) {
    OptionalLong from = time(earlier);
    OptionalLong to = time(later);
    return from.isPresent() && to.isPresent()
        ? OptionalLong.of(to.getAsLong() - from.getAsLong())
        : OptionalLong.empty();
  }

  /** The value an entry had just before an event, empty if it was not known. */
  OptionalLong tceBefore(long ordinal, DmaWindow window, long index) {
    advanceTo(ordinal - 1);
    DmaWindow then = state.window(window.liobn());
    boolean same = then.generation() == window.generation() && then.contains(index);
    boolean known = same && (then.isLive(index) || then.isKnownClear(index));
    return known ? OptionalLong.of(then.tce(index)) : OptionalLong.empty();
  }

  private void advanceTo(long ordinal) {
    if (state.events() > ordinal) {
      state = new IommuState(rules);
    }
    TraceReader reader = trace.read(state.events() + 1);
    Event event = new Event();
    while (state.events() < ordinal && reader.next(event)) {
      state.apply(event);
    }
  }

  /** How many reads of a window's entries come before an event. */
  long readsBefore(long ordinal, long liobn) {
    TraceReader reader = trace.read(1);
    Event event = new Event();
    long reads = 0;
    while (reader.next(event) && event.ordinal() < ordinal) {
      if (event.kind() == EventKind.H_GET_TCE && event.liobn() == liobn) {
        reads++;
      }
    }
    return reads;
  }

  /** True if one of the few events before this one reads the same bus address. */
  boolean readJustBefore(long ordinal, long liobn, long ioba) {
    TraceReader reader = trace.read(Math.max(1, ordinal - 8));
    Event event = new Event();
    while (reader.next(event) && event.ordinal() < ordinal) {
      if (event.kind() == EventKind.H_GET_TCE && event.liobn() == liobn && event.ioba() == ioba) {
        return true;
      }
    }
    return false;
  }
}
