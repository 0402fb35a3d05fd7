package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;

/**
 * H_STUFF_TCE and H_PUT_TCE_INDIRECT: calls on a range of entries, which recordings show in part
 * and platforms carry out in part when they fail.
 */
final class RangeCalls {
  /**
   * No window has more entries than a 64-bit bus has 4K pages; beyond, an address is no evidence.
   */
  private static final long MOST_ENTRIES = 1L << 40;

  private final IommuState state;
  private final Windows windows;
  private final Change change;
  private final TableEditor editor;

  RangeCalls(IommuState state, Windows windows, Change change, TableEditor editor) {
    this.state = state;
    this.windows = windows;
    this.change = change;
    this.editor = editor;
  }

  /**
   * The window in which a call succeeded that names count entries from ioba on. If the model has no
   * such window, or a smaller one, the call proves the model wrong; {@link DmaWindow#NONE} if there
   * is nothing to write to.
   */
  DmaWindow landing(Event event, DmaWindow window, long ioba, long count) {
    DmaWindow target = window.isOpen() ? window : unannounced(event, window);
    if (target == DmaWindow.NONE) {
      return target;
    }
    long index = target.indexOf(ioba);
    if (fits(target, index, count)) {
      target.provedBy = event.ordinal();
      return target;
    }
    long needed = index + count;
    boolean plausible = index >= 0 && index < MOST_ENTRIES && count < MOST_ENTRIES;
    boolean seenFromStart = target.openedBy() != 0;
    if (seenFromStart && target.geometry() != Geometry.OBSERVED && plausible) {
      target.grow(Long.highestOneBit(needed - 1) << 1);
      target.geometry = Geometry.INFERRED;
      return target;
    }
    return vanished(target, "a call outside window " + target + " succeeded");
  }

  private static boolean fits(DmaWindow window, long index, long count) {
    return window.contains(index) && count <= window.entries() - index;
  }

  /**
   * A call succeeded where the model has no window: it was there before the recording, or came
   * unseen.
   */
  private DmaWindow unannounced(Event event, DmaWindow closed) {
    long liobn = event.liobn();
    Bridge bridge = windows.bridgeOf(liobn);
    if (bridge.isUnplugged()) {
      return DmaWindow.NONE; // a straggler: QEMU drops the tables a moment after the last unrealize
    }
    boolean unseen = closed == DmaWindow.NONE && !windows.isKnownFromStart(bridge);
    if (unseen) {
      return assume(bridge, liobn);
    }
    state.contradict(
        "a call succeeded on 0x" + Long.toHexString(liobn) + ", which has no window",
        Math.max(closed.closedBy(), closed.provedBy));
    return reappeared(bridge, liobn, Change.Cause.HOLE);
  }

  private DmaWindow assume(Bridge bridge, long liobn) {
    boolean pci = Numbering.isPci(liobn);
    boolean first = Numbering.isFirst(liobn) || !windows.numbersLikeQemu();
    DmaWindow window;
    if (pci && !first) {
      window = unplaced(bridge, liobn, Role.DDW, Change.Cause.ASSUMED);
    } else {
      Extent extent = pci ? bridge.defaultExtent : MachineEvents.VIO_EXTENT;
      Role role = pci ? Role.DEFAULT : Role.VIO;
      window = windows.open(bridge, liobn, role, extent, Geometry.ASSUMED, Change.Cause.ASSUMED);
    }
    window.forget(Knowledge.BEFORE_RECORDING, 0);
    return window;
  }

  private DmaWindow unplaced(Bridge bridge, long liobn, Role role, Change.Cause why) {
    return windows.open(bridge, liobn, role, Extent.UNKNOWN, Geometry.UNKNOWN, why);
  }

  private DmaWindow reappeared(Bridge bridge, long liobn, Change.Cause why) {
    DmaWindow window = unplaced(bridge, liobn, windows.roleUnseen(liobn), why);
    window.forget(state.isLossy() ? Knowledge.LOST : Knowledge.HOLE, change.eventOrdinal());
    return window;
  }

  /**
   * A status proves that the window is not what the model holds: it went, or another came. A window
   * that was only assumed to be the default one is no contradiction: its geometry is unknown then.
   */
  DmaWindow vanished(DmaWindow window, String proof) {
    if (window.openedBy() == 0 && window.geometry() == Geometry.ASSUMED) {
      DmaWindow other =
          unplaced(
              window.bridge(),
              window.liobn(),
              windows.roleUnseen(window.liobn()),
              Change.Cause.ASSUMED);
      other.forget(Knowledge.BEFORE_RECORDING, 0);
      return other;
    }
    state.contradict(proof, window.provedBy);
    if (change.has(Signal.REFUSED)) {
      windows.close(window, Change.Cause.HOLE);
      return DmaWindow.NONE;
    }
    return reappeared(window.bridge(), window.liobn(), Change.Cause.HOLE);
  }

  /** H_STUFF_TCE that succeeded; QEMU shows where it ended (qemu-recordings.md rule 3). */
  void stuff(Event event, DmaWindow called) {
    long count = event.pages();
    if (count == 0) {
      change.signal(Signal.EMPTY);
      return; // KVM answers success to a clear of nothing
    }
    if (count > FailedRanges.MOST_IN_LIST) {
      change.signal(Signal.OVER_512);
    }
    boolean byEnd = event.has(Event.IOBA_IS_END);
    if (!byEnd && FailedRanges.straddles(this, event, called)) {
      return;
    }
    DmaWindow window =
        byEnd
            ? landing(event, called, event.ioba() - 1, 1)
            : landing(event, called, event.ioba(), count);
    if (window == DmaWindow.NONE || window.isInKernel()) {
      return;
    }
    if (!window.hasGeometry()) {
      window.forget(Knowledge.START_NOT_RECORDED, event.ordinal());
      return;
    }
    long end = window.indexOf(event.ioba() - 1) + 1;
    if (byEnd && Long.compareUnsigned(count, end) > 0) {
      vanished(window, "a clear that begins before window " + window + " succeeded");
      return;
    }
    long first = byEnd ? end - count : window.indexOf(event.ioba());
    change.range(first, count);
    stuff(event, window, first, count);
  }

  private void stuff(Event event, DmaWindow window, long first, long count) {
    long tce = event.tce();
    long mark = Mark.of(Knowledge.OBSERVED, event.ordinal());
    if (Tce.isMapped(tce)) {
      window.sweepInterrupted();
      change.signal(Signal.ODD_LIST);
      noteMapped(window, first, tce, false);
      editor.fill(window, first, count, tce, 0, Mark.starting(mark), Mark.continuing(mark), mark);
    } else {
      change.signal(window.sweep().advance(window, first, count, event.ordinal()));
      noteCut(window, first, count);
      editor.fill(window, first, count, tce, 0, mark, mark, mark);
    }
  }

  /** H_PUT_TCE_INDIRECT that succeeded; QEMU shows the last of up to 512 values (rule 4). */
  void indirect(Event event, DmaWindow called) {
    long count = event.pages();
    if (count == 0) {
      return;
    }
    if (FailedRanges.straddles(this, event, called)) {
      return;
    }
    DmaWindow window = landing(event, called, event.ioba(), count);
    if (window == DmaWindow.NONE || window.isInKernel()) {
      return;
    }
    window.sweepInterrupted();
    long first = window.indexOf(event.ioba());
    change.range(first, count);
    if (event.has(Event.LIST)) {
      writeList(event, window, first, (int) Math.min(count, event.listLength()));
    } else if (event.has(Event.LIST_LAST_ONLY)) {
      writeLast(event, window, first, count);
    } else {
      unreadList(event, window, first, count);
    }
  }

  /** Who writes every list and shows none here could not read it: QEMU reads zeros there. */
  void unreadList(Event event, DmaWindow window, long first, long count) {
    IommuState.Rules rules = state.rules();
    if (rules.platform() == Platform.QEMU && rules.writesLists()) {
      long zeros = Mark.of(Knowledge.LIST_OUTSIDE_MEMORY, event.ordinal());
      editor.fill(window, first, count, Tce.CLEAR, 0, zeros, zeros, zeros);
    } else {
      editor.forget(window, first, count, Mark.of(Knowledge.LIST_NOT_RECORDED, event.ordinal()));
    }
  }

  private void writeList(Event event, DmaWindow window, long first, int count) {
    long mark = Mark.of(Knowledge.OBSERVED, event.ordinal());
    boolean goesOn = window.usage().continues(first, event.list(0), event.thread());
    for (int i = 0; i < count; i++) {
      long tce = event.list(i);
      boolean start = i == 0 ? !goesOn : !follows(event.list(i - 1), tce, window);
      if (i > 0 && start) {
        change.signal(Signal.ODD_LIST);
      }
      if (Tce.isMapped(tce)) {
        noteMapped(window, first + i, tce, true);
      }
      editor.write(window, first + i, tce, placed(mark, tce, start));
    }
    window.usage().mapped(first, count, event.list(count - 1), window.pageShift(), event.thread());
  }

  private static long placed(long mark, long tce, boolean start) {
    if (!Tce.isMapped(tce)) {
      return mark;
    }
    return start ? Mark.starting(mark) : Mark.continuing(mark);
  }

  private static boolean follows(long previous, long tce, DmaWindow window) {
    return tce == previous + window.pageSize() || (tce == 0 && previous == 0);
  }

  private void writeLast(Event event, DmaWindow window, long first, long count) {
    long tce = event.tce();
    long ordinal = event.ordinal();
    long observed = Mark.of(Knowledge.OBSERVED, ordinal);
    long step = tce == 0 ? 0 : window.pageSize();
    long firstTce = tce - (count - 1) * step;
    if (Tce.isMapped(tce)) {
      noteMapped(window, first + count - 1, tce, true);
    }
    if (count > 1 && !inferable(tce, count, window)) {
      editor.forget(window, first, count - 1, Mark.of(Knowledge.LIST_NOT_RECORDED, ordinal));
      editor.write(window, first + count - 1, tce, placed(observed, tce, true));
      return;
    }
    boolean goesOn = window.usage().continues(first, firstTce, event.thread());
    long inferred = Mark.of(Knowledge.CONTIGUOUS_LIST, ordinal);
    long start = placed(inferred, tce, !goesOn);
    long rest = placed(inferred, tce, false);
    editor.fill(window, first, count, firstTce, step, start, rest, observed);
    window.usage().mapped(first, count, tce, window.pageShift(), event.thread());
  }

  /** A list that would have to begin below address 0 does not rise by a page an entry. */
  private boolean inferable(long tce, long count, DmaWindow window) {
    return state.rules().inferLists()
        && (tce == 0 || Long.compareUnsigned(tce >>> window.pageShift(), count - 1) >= 0);
  }

  /** A range call on a live window failed: what stays of it is the platform's affair. */
  void failed(Event event, DmaWindow window) {
    if (!window.hasGeometry()) {
      window.forget(Knowledge.PARTIAL_FAILURE, event.ordinal());
      return;
    }
    if (event.has(Event.IOBA_IS_END)) {
      FailedRanges.stuffedTo(this, event, window);
    } else if (event.has(Event.LIST_LAST_ONLY)) {
      FailedRanges.indirectLast(this, event, window);
    } else {
      FailedRanges.byArguments(this, event, window);
    }
  }

  /** True if the status means an argument out of range, QEMU's only failure. */
  static boolean isRangeError(Event event) {
    return event.status() == HcallStatus.H_PARAMETER;
  }

  void noteMapped(DmaWindow window, long index, long tce, boolean fromList) {
    if (window.usage().note(window, index, tce, fromList)) {
      change.signal(Signal.CLASSIFIED);
    }
    if (Tce.isMisaligned(tce, window.pageShift())) {
      change.signal(Signal.MISALIGNED);
    }
    state.checkMemory(tce, window, change);
  }

  /**
   * A clear that begins or ends inside an allocation cuts it in two (allocator rule 4). What is
   * left behind it counts as an allocation of its own, so that the cut is told once.
   */
  void noteCut(DmaWindow window, long first, long count) {
    long behind = first + count;
    boolean front = window.table.continuesAt(first);
    boolean back = window.contains(behind) && window.table.continuesAt(behind);
    if (!front && !back) {
      return;
    }
    change.signal(Signal.CUT_ALLOCATION);
    change.cutAt = front ? first : behind;
    if (back) {
      long[] words = window.table.writable(behind >>> Leaf.BITS).words();
      int at = 2 * ((int) behind & Leaf.LAST) + 1;
      words[at] = Mark.starting(words[at]);
    }
  }

  TableEditor editor() {
    return editor;
  }

  Change change() {
    return change;
  }

  IommuState state() {
    return state;
  }
}
