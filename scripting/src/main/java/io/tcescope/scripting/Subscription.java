package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.EventFilter;
import io.tcescope.engine.state.Change;
import org.jspecify.annotations.Nullable;

/** A handler's wish for one kind of event. */
final class Subscription {
  private final ScriptRule rule;
  private final int handler;
  private final EventFilter filter;
  private final @Nullable EventBatch batch;
  private int waiting;

  Subscription(ScriptRule rule, int handler, EventFilter filter, @Nullable EventBatch batch) {
    this.rule = rule;
    this.handler = handler;
    this.filter = filter;
    this.batch = batch;
  }

  ScriptRule rule() {
    return rule;
  }

  int handler() {
    return handler;
  }

  /** Which events it is for; the same object for all who gave the same text. */
  EventFilter filter() {
    return filter;
  }

  boolean isAlive() {
    return rule.error() == null;
  }

  /** Takes the event into the handler's own columns; false if it has none. */
  boolean collect(ScriptKind kind, Event event, Change change) {
    EventBatch rows = batch;
    if (rows == null) {
      return false;
    }
    rows.write(waiting++, kind, event, change);
    if (waiting == EventBatch.ROWS) {
      rule.flush();
    }
    return true;
  }

  /** The first event in the handler's own columns. */
  long first() {
    return batch == null ? 0 : batch.event(0);
  }

  boolean isWaiting() {
    return waiting > 0;
  }

  /** The rows that wait, which are handed over now. */
  int takeWaiting() {
    int count = waiting;
    waiting = 0;
    return count;
  }
}
