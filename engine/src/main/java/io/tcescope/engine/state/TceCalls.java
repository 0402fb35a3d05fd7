package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Recorder;
import io.tcescope.engine.event.Tce;

/**
 * The four calls on TCE tables and the devices' look-ups, as QEMU's {@code spapr_iommu.c} carries
 * them out and as its events tell of them (RULES.md Q1 to Q7).
 */
final class TceCalls {
  private final IommuState state;
  private final Change change;
  private final TableEditor editor;
  private final Landings landings;
  private final RangeCalls ranges;
  private final IncompleteCalls incomplete;
  private final Readings readings;
  private final boolean lacksCalls;

  TceCalls(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.change = change;
    this.editor = new TableEditor(change);
    this.landings = new Landings(state, windows, change);
    this.ranges = new RangeCalls(state, landings, change, editor);
    this.incomplete = new IncompleteCalls(state, landings, change, editor);
    this.readings = new Readings(state, landings, change, editor);
    this.lacksCalls = !state.rules().unrecorded().isEmpty();
  }

  void apply(Event event) {
    carryOut(event);
    believeNothing(event);
    if (change.signals() == 0 && Recorder.isKvmEnd(event)) {
      change.signal(Signal.RECORD); // it changes nothing known, but says that the call has ended
    }
  }

  /**
   * Where calls are missing from the recording, what one wrote may be gone before the next: a state
   * that kept it would claim effects of that one that nobody knows.
   */
  private void believeNothing(Event event) {
    if (lacksCalls && change.placeKnown()) {
      long touched = Math.max(1, change.pages());
      editor.forget(
          change.window(), change.first(), touched, Mark.of(Knowledge.LOST, event.ordinal()));
    }
  }

  private void carryOut(Event event) {
    if (IncompleteCalls.lacksArguments(event)) {
      incomplete.apply(event);
      return;
    }
    switch (event.kind()) {
      case H_PUT_TCE -> put(event);
      case H_STUFF_TCE -> stuff(event);
      case H_PUT_TCE_INDIRECT -> indirect(event);
      default -> get(event); // the fourth and last of the calls on tables
    }
  }

  private void put(Event event) {
    DmaWindow window = state.called(event.liobn());
    if (!event.succeeded()) {
      refused(event, window);
      return;
    }
    window = landings.of(event, window, event.ioba(), 1);
    if (window == DmaWindow.NONE) {
      return;
    }
    long index = window.indexOf(event.ioba());
    change.range(index, 1);
    long tce = event.tce();
    if (Tce.isMapped(tce) || !state.rules().inferLists() || window.isInKernel()) {
      window.sweep().interrupt();
    } else {
      change.signal(window.sweep().advanceByPut(window, index, event.ordinal()));
    }
    if (window.isInKernel()) {
      return;
    }
    long mark = landings.shown(window, tce, event.ordinal());
    if (Tce.isMapped(tce)) {
      mark = Mark.starting(mark);
      ranges.noteMapped(window, index, tce, false);
    } else {
      ranges.noteCut(window, index, 1);
    }
    editor.write(window, index, tce, mark);
    noteAlignment(event, window);
    signalWritten(window);
  }

  private void noteAlignment(Event event, DmaWindow window) {
    if ((event.ioba() & (window.pageSize() - 1)) != 0) {
      change.signal(Signal.ODD_LIST);
    }
  }

  private void get(Event event) {
    DmaWindow window = state.called(event.liobn());
    if (!event.succeeded()) {
      refused(event, window);
      return;
    }
    readings.read(event, window);
  }

  private void stuff(Event event) {
    DmaWindow window = state.called(event.liobn());
    if (!event.succeeded()) {
      refusedRange(event, window);
      return;
    }
    ranges.stuff(event, window);
    signalWritten(change.window());
  }

  private void indirect(Event event) {
    DmaWindow window = state.called(event.liobn());
    if (!event.succeeded()) {
      refusedRange(event, window);
      return;
    }
    ranges.indirect(event, window);
    noteAlignment(event, change.window());
    signalWritten(change.window());
  }

  private void refusedRange(Event event, DmaWindow window) {
    boolean empty = event.pages() == 0;
    change.signal(empty ? Signal.REFUSED | Signal.EMPTY : Signal.REFUSED);
    if (empty && window == DmaWindow.NONE && !state.isFromStart(event.liobn())) {
      return; // it fails in every window, also in one that was there before the recording
    }
    if (!window.isOpen()) {
      change.signal(window == DmaWindow.NONE ? Signal.UNKNOWN_LIOBN : Signal.DEAD_LIOBN);
      return;
    }
    window.sweep().interrupt();
    ranges.failed(event, window);
  }

  /** KVM left a call to an emulator that nobody recorded: what came of it is unknown. */
  void leftToEmulator(Event event) {
    incomplete.undecided(event, state.called(event.liobn()));
  }

  /** A call on a table of which no more is known than which entries it may have been about. */
  void lost(Event event) {
    incomplete.lost(event, state.called(event.liobn()));
  }

  /** A put or get that failed: QEMU's only reason is an address behind the window's end. */
  private void refused(Event event, DmaWindow window) {
    change.signal(Signal.REFUSED);
    if (!window.isOpen()) {
      change.signal(window == DmaWindow.NONE ? Signal.UNKNOWN_LIOBN : Signal.DEAD_LIOBN);
      return;
    }
    if (!window.hasGeometry()) {
      return;
    }
    long index = window.indexOf(event.ioba());
    change.range(index, 0);
    if (!window.contains(index)) {
      change.signal(Signal.OUT_OF_WINDOW);
    } else if (event.status() == HcallStatus.H_PARAMETER && isQemusAnswer(event)) {
      landings.refused(window, "a call inside live window " + window + " failed");
    }
  }

  /** Also where KVM keeps the tables, what QEMU itself recorded is what it answered. */
  private boolean isQemusAnswer(Event event) {
    return state.rules().platform() == Platform.QEMU || Recorder.isQemu(event);
  }

  private void signalWritten(DmaWindow window) {
    change.signal(change.written);
    window.usage().count(window, change);
    editor.notePeak(window);
  }

  /**
   * A device's look-up: shows page and permission of an entry, so it proves or disproves the model.
   */
  void lookUp(Event event) {
    readings.lookUp(event, state.called(event.liobn()));
    believeNothing(event);
  }
}
