package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;

/**
 * The four calls on TCE tables and the devices' look-ups, as QEMU's {@code spapr_iommu.c} carries
 * them out and as its events tell of them (RULES.md Q1 to Q7).
 */
final class TceCalls {
  /** QEMU's own events of calls on tables all begin so. */
  private static final String QEMU = "spapr_iommu_";

  private final IommuState state;
  private final Change change;
  private final TableEditor editor;
  private final Landings landings;
  private final RangeCalls ranges;
  private final IncompleteCalls incomplete;
  private final boolean lacksCalls;

  TceCalls(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.change = change;
    this.editor = new TableEditor(change);
    this.landings = new Landings(state, windows, change);
    this.ranges = new RangeCalls(state, landings, change, editor);
    this.incomplete = new IncompleteCalls(state, landings, change, editor);
    this.lacksCalls = !state.rules().unrecorded().isEmpty();
  }

  void apply(Event event) {
    carryOut(event);
    believeNothing(event);
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
    window.sweep().interrupt();
    if (window.isInKernel()) {
      return;
    }
    long tce = event.tce();
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
    window = landings.of(event, window, event.ioba(), 1);
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
    notePeak(window);
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
    change.signal(event.pages() == 0 ? Signal.REFUSED | Signal.EMPTY : Signal.REFUSED);
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
    return state.rules().platform() == Platform.QEMU || isShownByQemu(event);
  }

  /** A record of QEMU's own, not of a kernel or a table of calls. */
  static boolean isShownByQemu(Event event) {
    return event.name().startsWith(QEMU);
  }

  private void signalWritten(DmaWindow window) {
    change.signal(change.written);
    window.usage().count(window, change);
    notePeak(window);
  }

  private void notePeak(DmaWindow window) {
    if (window.mapped > window.peakMapped) {
      window.peakMapped = window.mapped;
      window.usage().noteFullest(change.eventOrdinal());
    }
  }

  /**
   * A device's look-up: shows page and permission of an entry, so it proves or disproves the model.
   */
  void lookUp(Event event) {
    carryOutLookUp(event);
    believeNothing(event);
  }

  private void carryOutLookUp(Event event) {
    DmaWindow window = state.called(event.liobn());
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
    if (!event.has(Event.PERMISSION) || window.role() == Role.VIO || window.isInKernel()) {
      return; // a VIO device may work in bypass, where a look-up says nothing of the table
    }
    compareLookUp(event, window, index);
  }

  private void compareLookUp(Event event, DmaWindow window, long index) {
    long mark = window.mark(index);
    boolean unknown = Mark.isUnknown(mark);
    // Any value without access bits reads as none (RULES.md Q5); of those Linux writes only 0.
    boolean clear = event.permission() == 0;
    boolean tellsValue = clear ? state.rules().inferLists() : event.has(Event.TCE);
    long seen = clear ? Tce.CLEAR : event.tce() | event.permission();
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

  private static boolean agrees(Event event, DmaWindow window, long index) {
    long tce = window.tce(index);
    if (event.permission() != Tce.permission(tce)) {
      return false;
    }
    return event.permission() == 0
        || !event.has(Event.TCE)
        || Tce.realAddress(event.tce(), window.pageShift())
            == Tce.realAddress(tce, window.pageShift());
  }
}
