package io.tcescope.engine.why;

import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Follows a bus address back through the windows of its LIOBN to the events that made it what it
 * is. Every entry knows who wrote it and every window who opened and closed it, so nothing is read
 * again.
 */
final class Trails implements Observer {
  /** Older windows of a LIOBN decide nothing that a device could still meet. */
  private static final int MOST_WINDOWS = 64;

  /**
   * The windows that were closed with live entries, and the one that was closed last, by LIOBN in
   * that order.
   */
  private final Map<Long, List<DmaWindow>> closed = new HashMap<>();

  @Override
  public void on(Event event, Change change, IommuState state) {
    if (change.has(Signal.CLOSED)) {
      change.closed().forEach(this::remember);
    }
  }

  private void remember(DmaWindow window) {
    List<DmaWindow> before = closed.computeIfAbsent(window.liobn(), liobn -> new ArrayList<>());
    if (!before.isEmpty() && before.getLast().mapped() == 0) {
      before.removeLast();
    } else if (before.size() == MOST_WINDOWS) {
      before.removeFirst();
    }
    // The state keeps entries of one earlier window only.
    before.add(window.copy());
  }

  /**
   * The events behind the address, or behind the window as a whole if no address is known.
   *
   * @param accessed true if a device met the address, so that it matters who cleared it
   */
  List<Evidence> of(long liobn, OptionalLong ioba, boolean accessed, IommuState state) {
    List<Evidence> steps = new ArrayList<>();
    DmaWindow now = state.window(liobn);
    List<DmaWindow> before = closed.getOrDefault(liobn, List.of());
    boolean replaced = !before.isEmpty();
    for (DmaWindow gone : before) {
      if (gone == before.getLast() || held(gone, ioba)) {
        written(gone, ioba, false, steps);
        String held = state.rules().showsTables() ? ", with " + live(gone) : "";
        add(gone.closedBy(), "takes window " + gone + " away" + held, steps);
      }
    }
    if (now.isOpen()) {
      if (replaced) {
        add(now.openedBy(), "makes window " + now + ", all clear, on the same LIOBN", steps);
      }
      written(now, ioba, accessed, steps);
      if (accessed && ioba.isPresent()) {
        overlaid(now, ioba.getAsLong(), state, steps);
      }
    }
    steps.sort(Comparator.comparingLong(Evidence::ordinal));
    return steps;
  }

  private static boolean mayMap(DmaWindow window, long ioba) {
    long index = window.indexOf(ioba);
    return window.isLive(index) || Mark.isUnknown(window.mark(index));
  }

  /** Where another window maps the address the device would not fail, were there only that one. */
  private static void overlaid(DmaWindow met, long ioba, IommuState state, List<Evidence> steps) {
    if (met.bridge() == Bridge.NONE) {
      return;
    }
    for (DmaWindow other : state.windows(met.bridge())) {
      if (other != met && other.hasGeometry() && other.covers(ioba) && mayMap(other, ioba)) {
        DmaWindow upper = other.openedBy() > met.openedBy() ? other : met;
        DmaWindow lower = upper == met ? other : met;
        add(upper.openedBy(), "puts window " + upper + " on top of " + lower, steps);
      }
    }
  }

  /** True if the window went with a live entry at that address. */
  private static boolean held(DmaWindow window, OptionalLong ioba) {
    return ioba.isPresent()
        && window.hasGeometry()
        && window.covers(ioba.getAsLong())
        && window.isLive(window.indexOf(ioba.getAsLong()));
  }

  private static String live(DmaWindow window) {
    return window.mapped() == 1 ? "1 live entry" : window.mapped() + " live entries";
  }

  private static void written(
      DmaWindow window, OptionalLong ioba, boolean alsoClear, List<Evidence> steps) {
    if (ioba.isEmpty() || !window.hasGeometry() || !window.covers(ioba.getAsLong())) {
      return;
    }
    long index = window.indexOf(ioba.getAsLong());
    long mark = window.mark(index);
    String page = Hex.of(window.iobaOf(index)) + " in " + window;
    if (Mark.isUnknown(mark) || (!window.isLive(index) && !alsoClear)) {
      return;
    }
    String entry = Hex.of(window.tce(index));
    String what = window.isLive(index) ? "maps " + page + " (" + entry + ")" : "clears " + page;
    add(Mark.writer(mark), what, steps);
  }

  private static void add(long ordinal, String note, List<Evidence> steps) {
    if (ordinal > 0) {
      steps.add(new Evidence(ordinal, note));
    }
  }
}
