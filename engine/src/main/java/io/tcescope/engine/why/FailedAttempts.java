package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps of a bus address that failed, by the window that they name. */
final class FailedAttempts implements Observer {
  /** The most that one list holds. */
  private static final long LONGEST_LIST = 512;

  /** In a storm the first ones tell all. */
  private static final int MOST_KEPT = 4096;

  private final long ioba;
  private final Map<String, List<AddressFate.Attempt>> byWindow = new HashMap<>();

  FailedAttempts(long ioba) {
    this.ioba = ioba;
  }

  @Override
  public void on(Event event, Change change, IommuState state) {
    boolean maps =
        event.kind() == EventKind.H_PUT_TCE_INDIRECT
            || (event.kind() == EventKind.H_PUT_TCE && Tce.isMapped(event.tce()));
    boolean failed =
        maps
            && event.has(Event.LIOBN | Event.IOBA | Event.STATUS)
            && !event.succeeded()
            && event.status() != HcallStatus.H_TOO_HARD;
    if (failed) {
      DmaWindow window = state.window(event.liobn());
      long behind = window.indexOf(ioba) - window.indexOf(event.ioba());
      boolean list = event.kind() == EventKind.H_PUT_TCE_INDIRECT;
      if (behind == 0 || (list && behind > 0 && behind < LONGEST_LIST)) {
        note(window, new AddressFate.Attempt(event.ordinal(), behind == 0));
      }
    }
  }

  private void note(DmaWindow window, AddressFate.Attempt attempt) {
    List<AddressFate.Attempt> known =
        byWindow.computeIfAbsent(window.toString(), name -> new ArrayList<>());
    if (known.size() < MOST_KEPT) {
      known.add(attempt);
    }
  }

  /** The first that is known to name the address after that event, else the first that may. */
  Optional<AddressFate.Attempt> after(DmaWindow window, long ordinal) {
    List<AddressFate.Attempt> later =
        byWindow.getOrDefault(window.toString(), List.of()).stream()
            .filter(attempt -> attempt.ordinal() > ordinal)
            .toList();
    return later.stream()
        .filter(AddressFate.Attempt::isSure)
        .findFirst()
        .or(() -> later.stream().findFirst());
  }
}
