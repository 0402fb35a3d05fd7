package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Tce;

/**
 * Reads of entries by the guest and look-ups by devices: they change nothing, and prove or disprove
 * what is thought of an entry (RULES.md Q2, Q7).
 */
final class Readings {
  private final IommuState state;
  private final Landings landings;
  private final Change change;
  private final TableEditor editor;

  Readings(IommuState state, Landings landings, Change change, TableEditor editor) {
    this.state = state;
    this.landings = landings;
    this.change = change;
    this.editor = editor;
  }

  /** H_GET_TCE that succeeded: the whole value of an entry. */
  void read(Event event, DmaWindow called) {
    DmaWindow window = landings.of(event, called, event.ioba(), 1);
    if (window == DmaWindow.NONE) {
      return;
    }
    window.usage().noteRead();
    if (window.isInKernel()) {
      return;
    }
    long index = window.indexOf(event.ioba());
    if (window.role() == Role.VIO && window.tce(index) != event.tce()) {
      state.settleReset();
    }
    long mark = window.mark(index);
    boolean agrees = !Mark.isUnknown(mark) && window.tce(index) == event.tce();
    if (!agrees && !Mark.isUnknown(mark)) {
      String what = "a read of entry " + index + " of " + window + " gave another value";
      DmaWindow read = disagree(window, mark, what);
      if (read != window) {
        window = read;
        index = window.indexOf(event.ioba());
        mark = window.mark(index);
      }
    }
    change.range(index, 1);
    if (Mark.isUnknown(mark) && Tce.isMapped(event.tce())) {
      change.readMark = mark;
      change.signal(Signal.WAS_UNKNOWN);
    }
    long writer = agrees ? Mark.writer(mark) : event.ordinal();
    long observed = landings.shown(window, event.tce(), writer);
    learn(window, index, event.tce(), Mark.placedLike(observed, mark));
  }

  /** A record disproves what is thought of an entry; the window in which it is then. */
  private DmaWindow disagree(DmaWindow window, long mark, String what) {
    if (Mark.isObserved(mark)) {
      return landings.misread(window, Mark.writer(mark), what);
    }
    change.signal(Signal.INFERENCE_CONTRADICTED);
    return window;
  }

  /** What a read or a look-up shows is no write: it changes what is known, not what is there. */
  private void learn(DmaWindow window, long index, long tce, long mark) {
    editor.write(window, index, tce, mark);
    change.forgetCounts();
    editor.notePeak(window);
  }

  /** A device's look-up: shows page and permission of an entry. */
  void lookUp(Event event, DmaWindow window) {
    boolean fault = event.has(Event.PERMISSION) && event.permission() == 0;
    change.signal(fault ? Signal.LOOK_UP | Signal.FAULT : Signal.LOOK_UP);
    if (!window.isOpen() || !window.hasGeometry() || landings.hasOtherPages(window, event)) {
      return;
    }
    long ioba = event.has(Event.IOBA_IS_RELATIVE) ? window.start() + event.ioba() : event.ioba();
    long index = window.indexOf(ioba);
    change.range(index, 0);
    change.lookedUp = index;
    if (!window.contains(index)) {
      change.signal(Signal.OUT_OF_WINDOW);
      return;
    }
    if (!event.has(Event.PERMISSION) || window.isInKernel() || mayBeBypassed(event, window)) {
      return;
    }
    compareLookUp(event, window, index);
  }

  /**
   * A VIO device may bypass its table. Up to version 2.0 QEMU tells of such accesses, too: it
   * grants all of them, and names no page; from then on it looks nothing up for them.
   */
  private static boolean mayBeBypassed(Event event, DmaWindow window) {
    return window.role() == Role.VIO
        && event.permission() != 0
        && (!event.has(Event.PAGE_MASK) || Landings.namesNoPage(event));
  }

  private void compareLookUp(Event event, DmaWindow window, long index) {
    long mark = window.mark(index);
    boolean unknown = Mark.isUnknown(mark);
    boolean showsPage = showsPage(event, window, index);
    long seen = (showsPage ? event.tce() : 0) | event.permission();
    // No page and no access bits may be any reserved ones (RULES.md Q5); Linux then writes 0.
    boolean tellsValue = seen == Tce.CLEAR ? state.rules().inferLists() : showsPage;
    if (unknown && tellsValue) {
      learn(window, index, seen, Mark.of(Knowledge.LOOK_UP, event.ordinal()));
      return;
    }
    if (unknown || agrees(event, window, index)) {
      return;
    }
    disagree(
        window,
        mark,
        "a device's look-up of entry " + index + " of " + window + " found another page");
    if (tellsValue && change.has(Signal.CONTRADICTED | Signal.INFERENCE_CONTRADICTED)) {
      learn(window, index, seen, Mark.of(Knowledge.LOOK_UP, event.ordinal()));
    }
  }

  /**
   * An entry without access bits may have a page, too. Older QEMU repeats the address looked up
   * (RULES.md Q7): in a window at 0, where hardly a page lies at its own address, that is no page.
   */
  private static boolean showsPage(Event event, DmaWindow window, long index) {
    boolean repeats = window.start() == 0 && event.tce() >>> window.pageShift() == index;
    return event.has(Event.TCE) && !repeats;
  }

  private static boolean agrees(Event event, DmaWindow window, long index) {
    long tce = window.tce(index);
    if (event.permission() != Tce.permission(tce)) {
      return false;
    }
    return !showsPage(event, window, index)
        || Tce.realAddress(event.tce(), window.pageShift())
            == Tce.realAddress(tce, window.pageShift());
  }
}
