package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.List;

/** Several observers as one. */
final class Fanout implements Observer {
  private final Observer[] observers;

  Fanout(Iterable<? extends Observer> observers) {
    List<Observer> list = new ArrayList<>();
    observers.forEach(list::add);
    this.observers = list.toArray(Observer[]::new);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    for (Observer observer : observers) {
      observer.on(event, change, state);
    }
  }

  @Override
  public void end(IommuState state) {
    for (Observer observer : observers) {
      observer.end(state);
    }
  }
}
