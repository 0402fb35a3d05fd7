package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;

/**
 * Several observers of one replay as one, which see everything in the order in which they stand.
 */
public abstract class Fanout implements Observer {
  private final Observer[] observers;

  /** Of these. */
  protected Fanout(Observer... observers) {
    this.observers = observers.clone();
  }

  @Override
  public final void on(Event event, Change change, IommuState state) {
    for (Observer observer : observers) {
      observer.on(event, change, state);
    }
  }

  @Override
  public final void end(IommuState state) {
    for (Observer observer : observers) {
      observer.end(state);
    }
  }
}
