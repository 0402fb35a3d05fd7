package io.tcescope.queries.timeline;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import io.tcescope.queries.timeline.Upheaval.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Notes what happened to the whole machine. Each bridge and each table tells of it by itself: what
 * no call of the guest comes between is told once.
 */
public final class UpheavalObserver implements Observer {
  private final List<Upheaval> found = new ArrayList<>();

  /** The first call of the guest behind the last upheaval of each kind. */
  private final Map<Kind, Long> callsSince = new EnumMap<>(Kind.class);

  /** Whether the next call is the first behind one of them. */
  private boolean waits;

  /** What happened so far, in order. */
  public List<Upheaval> found() {
    return List.copyOf(found);
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    long ordinal = event.ordinal();
    if (change.has(Signal.CLOSED) && change.cause() == Change.Cause.MACHINE_RESET) {
      change.closed().stream()
          .mapToLong(DmaWindow::closedBy)
          .min()
          .ifPresent(reset -> note(Kind.MACHINE_RESET, reset));
    }
    EventKind kind = event.kind();
    if (kind.isTceCall() || kind.group() == EventKind.Group.DDW) {
      called(ordinal);
      return;
    }
    switch (kind) {
      case POST_LOAD -> note(Kind.MIGRATED_IN, ordinal);
      case PRE_SAVE -> note(Kind.SAVED, ordinal);
      case QUIESCE -> note(Kind.QUIESCED, ordinal);
      default -> {
        // Of no more than one bridge, table or device.
      }
    }
  }

  private void called(long ordinal) {
    if (waits) {
      waits = false;
      callsSince.replaceAll((kind, first) -> first == 0 ? ordinal : first);
    }
  }

  private void note(Kind kind, long ordinal) {
    Long call = callsSince.get(kind);
    if (call == null || (call > 0 && call < ordinal)) {
      found.add(new Upheaval(kind, ordinal));
      callsSince.put(kind, 0L);
      waits = true;
    } else if (ordinal < last(kind).event()) { // bridges tell of it in any order
      found.set(found.indexOf(last(kind)), new Upheaval(kind, ordinal));
    }
  }

  private Upheaval last(Kind kind) {
    return found.reversed().stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }
}
