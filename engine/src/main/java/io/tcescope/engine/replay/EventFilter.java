package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.state.Change;

/**
 * Decides whether an event concerns someone: the port through which rules use the language of
 * searches without knowing who understands it.
 */
@FunctionalInterface
public interface EventFilter {
  /** True if the event, with what it changed, is wanted. Both are valid during the call only. */
  boolean matches(Event event, Change change);

  /** Understands the text of a filter. */
  @FunctionalInterface
  interface Compiler {
    /**
     * The filter that the text describes, for the events of a recording.
     *
     * @throws IllegalArgumentException if it describes none; the message says what is wrong
     */
    EventFilter compile(String text, Trace trace);
  }
}
