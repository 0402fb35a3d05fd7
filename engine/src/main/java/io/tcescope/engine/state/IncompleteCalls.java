package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;

/**
 * Calls of which the recorder left arguments out. They touched something all the same: whatever
 * that may have been is unknown from then on.
 */
final class IncompleteCalls {
  private static final int PLACE = Event.LIOBN | Event.IOBA;
  private static final int PUT = PLACE | Event.TCE;
  private static final int STUFF = PUT | Event.PAGES;
  private static final int INDIRECT = PLACE | Event.PAGES;

  /** Beyond, a range is not worth being kept apart from the rest of its window. */
  private static final long MOST_APART = 1L << 12;

  private final IommuState state;
  private final Landings landings;
  private final Change change;
  private final TableEditor editor;

  IncompleteCalls(IommuState state, Landings landings, Change change, TableEditor editor) {
    this.state = state;
    this.landings = landings;
    this.change = change;
    this.editor = editor;
  }

  /** True if the record does not say which entries the call is about, or what became of them. */
  static boolean lacksArguments(Event event) {
    return !event.has(
        switch (event.kind()) {
          case H_STUFF_TCE -> STUFF;
          case H_PUT_TCE_INDIRECT -> INDIRECT;
          default -> event.succeeded() ? PUT : PLACE; // a put, or a read
        });
  }

  void apply(Event event) {
    if (!event.has(Event.LIOBN)) {
      change.signal(Signal.RECORD);
      return;
    }
    DmaWindow window = state.called(event.liobn());
    if (!event.succeeded()) {
      change.signal(Signal.REFUSED);
      if (!window.isOpen()) {
        change.signal(window == DmaWindow.NONE ? Signal.UNKNOWN_LIOBN : Signal.DEAD_LIOBN);
      }
    } else if (event.has(Event.IOBA)) {
      window = landings.of(event, window, event.ioba(), 1);
    }
    if (window.isOpen() && !window.isInKernel()) {
      window.sweep().interrupt();
      touched(event, window);
    }
  }

  /** A call of which all arguments are recorded, and not what came of it. */
  void undecided(Event event, DmaWindow window) {
    boolean writes = event.kind() != EventKind.H_GET_TCE;
    if (!writes || !window.isOpen() || window.isInKernel()) {
      return;
    }
    window.sweep().interrupt();
    if (!window.hasGeometry()) {
      window.forget(Knowledge.START_NOT_RECORDED, event.ordinal());
      return;
    }
    long count = event.kind() == EventKind.H_PUT_TCE ? 1 : mostPages(event, window);
    forget(event, window, window.indexOf(event.ioba()), count, Knowledge.PARTIAL_FAILURE);
  }

  /** What a record that cannot be read may have changed, as far as it still says where. */
  void lost(Event event, DmaWindow window) {
    if (!window.isOpen() || window.isInKernel()) {
      return;
    }
    window.sweep().interrupt();
    if (window.hasGeometry() && event.has(Event.IOBA | Event.PAGES)) {
      forget(event, window, window.indexOf(event.ioba()), event.pages(), Knowledge.LOST);
    } else {
      window.forget(Knowledge.LOST, event.ordinal());
    }
  }

  private void touched(Event event, DmaWindow window) {
    boolean one = event.kind() == EventKind.H_PUT_TCE;
    if (event.kind() == EventKind.H_GET_TCE || (one && !event.succeeded())) {
      return;
    }
    if (!window.hasGeometry() || (!event.has(Event.IOBA) && event.succeeded())) {
      window.forget(Knowledge.START_NOT_RECORDED, event.ordinal());
      return;
    }
    long most = one ? 1 : mostPages(event, window);
    if (event.succeeded()) {
      forget(event, window, window.indexOf(event.ioba()), most, Knowledge.LIST_NOT_RECORDED);
    } else if (!FailedRanges.storesNothing(state.rules().platform(), event)) {
      failed(event, window, most);
    }
  }

  /** Entries that the call may have named at most. */
  private static long mostPages(Event event, DmaWindow window) {
    if (event.has(Event.PAGES)) {
      return event.pages();
    }
    boolean list = event.kind() == EventKind.H_PUT_TCE_INDIRECT;
    return list ? FailedRanges.MOST_IN_LIST : window.entries();
  }

  /** QEMU fails where the range leaves the window, with what lies before the end set. */
  private void failed(Event event, DmaWindow window, long most) {
    boolean atEnd = state.rules().platform() == Platform.QEMU && RangeCalls.isRangeError(event);
    long reach = FailedRanges.least(atEnd && most != 0 ? most - 1 : most, window.entries());
    long first = window.entries() - reach;
    if (event.has(Event.IOBA)) {
      boolean leaves = window.indexOf(event.ioba()) >= first;
      if (atEnd && !leaves) {
        return;
      }
      first = window.indexOf(event.ioba());
    }
    change.signal(Signal.PARTIAL);
    forget(event, window, first, reach, Knowledge.PARTIAL_FAILURE);
  }

  private void forget(Event event, DmaWindow window, long first, long most, Knowledge why) {
    if (!window.contains(first)) {
      change.signal(Signal.OUT_OF_WINDOW);
      return;
    }
    long count = FailedRanges.least(most, window.entries() - first);
    if (count > MOST_APART) {
      window.forget(why, event.ordinal());
      return;
    }
    long mark = Mark.of(why, event.ordinal());
    if (event.kind() != EventKind.H_PUT_TCE_INDIRECT && event.has(Event.TCE)) {
      editor.forgetUnless(window, first, count, event.tce(), mark);
    } else {
      editor.forget(window, first, count, mark);
    }
  }
}
