package io.tcescope.scripting;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.replay.Allocation;
import io.tcescope.engine.replay.Allocations;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Feeds scripts: each record, and behind it what follows from it. */
final class DerivedEvents implements Observer {
  /** An allocation that came or went with the current record. */
  private record Pending(ScriptKind kind, Allocation allocation) {}

  private static final int OF_INTEREST = Signal.OPENED | Signal.CLOSED | Signal.SWEPT;

  private static final Set<ScriptKind> ALLOCATIONS =
      EnumSet.of(
          ScriptKind.ALLOC_MADE,
          ScriptKind.ALLOC_GROWN,
          ScriptKind.ALLOC_FREED,
          ScriptKind.ALLOC_LEAKED);

  private final ScriptRun run;
  private final List<Pending> pending = new ArrayList<>();
  private final @Nullable Allocations allocations;
  private final Event last = new Event();

  DerivedEvents(ScriptRun run) {
    this.run = run;
    boolean wanted = ALLOCATIONS.stream().anyMatch(run::isWanted);
    this.allocations = wanted ? new Allocations(new Collector()) : null;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    run.offer(event, change);
    if (ScriptKind.isFault(event)) {
      run.offer(ScriptKind.DMA_FAULT, event, change);
    }
    if (change.has(OF_INTEREST)) {
      windows(event, change);
    }
    if (allocations != null) {
      allocations.on(event, change, state);
      offerPending(event, change);
    }
  }

  private void windows(Event event, Change change) {
    for (DmaWindow window : change.closed()) {
      run.offer(ScriptKind.WINDOW_CLOSED, event, change, about(window, window.closedFor()));
    }
    for (DmaWindow window : change.opened()) {
      run.offer(ScriptKind.WINDOW_OPENED, event, change, about(window, change.cause()));
    }
    if (change.has(Signal.SWEPT)) {
      run.offer(ScriptKind.SWEEP, event, change, new ScriptRun.Subject.OfSweep(change.window()));
    }
  }

  private static ScriptRun.Subject about(DmaWindow window, Change.Cause cause) {
    String name = cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new ScriptRun.Subject.OfWindow(new WindowView(window), name);
  }

  private void offerPending(Event event, Change change) {
    for (Pending one : pending) {
      run.offer(one.kind(), event, change, new ScriptRun.Subject.OfAllocation(one.allocation()));
    }
    pending.clear();
  }

  @Override
  public void end(IommuState state) {
    Change nothing = new IommuState(state.rules()).apply(last.begin(state.events(), 0));
    Event found = run.travel().record(state.events());
    Event end = found == null ? null : last.copyFrom(found); // handlers make it read others
    if (allocations != null) {
      allocations.end(state);
    }
    if (end != null) {
      offerPending(end, nothing);
      run.offer(ScriptKind.TRACE_END, end, nothing);
    }
    run.flush();
  }

  /** Keeps what one record did to the allocations. */
  private final class Collector implements Allocations.Listener {
    @Override
    public void made(Allocation allocation) {
      pending.add(new Pending(ScriptKind.ALLOC_MADE, allocation));
    }

    @Override
    public void grown(Allocation allocation) {
      pending.add(new Pending(ScriptKind.ALLOC_GROWN, allocation));
    }

    @Override
    public void freed(Allocation allocation) {
      pending.add(new Pending(ScriptKind.ALLOC_FREED, allocation));
    }

    @Override
    public void leaked(Allocation allocation, long at) {
      pending.add(new Pending(ScriptKind.ALLOC_LEAKED, allocation));
    }
  }
}
