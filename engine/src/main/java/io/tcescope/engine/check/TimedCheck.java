package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import java.util.Locale;

/** A check and the time spent in it. Asking the clock may take longer than the check itself. */
final class TimedCheck implements Check {
  private final Check check;
  private long nanos;

  TimedCheck(Check check) {
    this.check = check;
  }

  @Override
  public int interests() {
    return check.interests();
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    long before = System.nanoTime();
    check.on(event, change, state, findings);
    nanos += System.nanoTime() - before;
  }

  @Override
  public void rebooted() {
    check.rebooted();
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    long before = System.nanoTime();
    check.end(state, findings, past);
    nanos += System.nanoTime() - before;
  }

  /** The check is called by its class, in the form of a rule's id: several rules share one. */
  Timing timing() {
    String name = check.getClass().getSimpleName();
    return new Timing(
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT), nanos);
  }
}
