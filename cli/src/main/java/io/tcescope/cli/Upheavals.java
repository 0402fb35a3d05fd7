package io.tcescope.cli;

import io.tcescope.cli.output.Upheaval;
import io.tcescope.cli.output.Upheaval.What;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Notes what happened to the whole machine. Each bridge and each table tells of it by itself: what
 * no call of the guest comes between is told once.
 */
final class Upheavals implements Observer {
  private final List<Upheaval> found = new ArrayList<>();

  /** The first call of the guest behind the last upheaval of each kind. */
  private final Map<What, Long> callsSince = new EnumMap<>(What.class);

  /** Whether the next call is the first behind one of them. */
  private boolean waits;

  List<Upheaval> found() {
    return found;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    long ordinal = event.ordinal();
    if (change.has(Signal.CLOSED) && change.cause() == Change.Cause.MACHINE_RESET) {
      change.closed().stream()
          .mapToLong(DmaWindow::closedBy)
          .min()
          .ifPresent(reset -> note(What.MACHINE_RESET, reset));
    }
    switch (event.kind()) {
      case POST_LOAD -> note(What.MIGRATED_IN, ordinal);
      case PRE_SAVE -> note(What.SAVED, ordinal);
      case QUIESCE -> note(What.QUIESCED, ordinal);
      default -> {
        if (event.kind().isTceCall() || event.kind().group() == EventKind.Group.DDW) {
          called(ordinal);
        }
      }
    }
  }

  private void called(long ordinal) {
    if (waits) {
      waits = false;
      callsSince.replaceAll((what, first) -> first == 0 ? ordinal : first);
    }
  }

  private void note(What what, long ordinal) {
    Long call = callsSince.get(what);
    if (call == null || (call > 0 && call < ordinal)) {
      found.add(new Upheaval(what, ordinal));
      callsSince.put(what, 0L);
      waits = true;
    } else if (ordinal < last(what).ordinal()) { // bridges tell of it in any order
      found.set(found.indexOf(last(what)), new Upheaval(what, ordinal));
    }
  }

  private Upheaval last(What what) {
    return found.reversed().stream().filter(one -> one.what() == what).findFirst().orElseThrow();
  }
}
