package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;

/**
 * H_STUFF_TCE and H_PUT_TCE_INDIRECT: calls on a range of entries, which recordings show in part
 * and platforms carry out in part when they fail.
 */
final class RangeCalls {
  private final IommuState state;
  private final Landings landings;
  private final Change change;
  private final TableEditor editor;
  private final Stretch cut = new Stretch();

  RangeCalls(IommuState state, Landings landings, Change change, TableEditor editor) {
    this.state = state;
    this.landings = landings;
    this.change = change;
    this.editor = editor;
  }

  /** H_STUFF_TCE that succeeded; QEMU shows where it ended (RULES.md Q3). */
  void stuff(Event event, DmaWindow called) {
    long count = event.pages();
    if (count == 0) {
      change.signal(Signal.EMPTY);
      return; // KVM answers success to a clear of nothing
    }
    if (Long.compareUnsigned(count, FailedRanges.MOST_IN_LIST) > 0) {
      change.signal(Signal.OVER_512);
    }
    boolean byEnd = event.has(Event.IOBA_IS_END);
    if (!byEnd && FailedRanges.straddles(this, event, called)) {
      return;
    }
    DmaWindow window =
        byEnd
            ? landings.of(event, called, event.ioba() - 1, 1)
            : landings.of(event, called, event.ioba(), count);
    if (window == DmaWindow.NONE || window.isInKernel()) {
      return;
    }
    if (!window.hasGeometry()) {
      window.forget(Knowledge.START_NOT_RECORDED, event.ordinal());
      return;
    }
    long end = window.indexOf(event.ioba() - 1) + 1;
    if (byEnd && Long.compareUnsigned(count, end) > 0) {
      landings.vanished(
          window, end - count, "a clear that begins before window " + window + " succeeded");
      return;
    }
    long first = byEnd ? end - count : window.indexOf(event.ioba());
    change.range(first, count);
    stuff(event, window, first, count);
  }

  private void stuff(Event event, DmaWindow window, long first, long count) {
    long tce = event.tce();
    long mark = landings.shown(window, tce, event.ordinal());
    if (Tce.isMapped(tce)) {
      window.sweep().interrupt();
      change.signal(Signal.ODD_LIST);
      noteMapped(window, first, tce, false);
      editor.fill(window, first, count, tce, 0, Mark.starting(mark), Mark.continuing(mark), mark);
    } else {
      change.signal(window.sweep().advance(window, first, count, event.ordinal()));
      noteCut(window, first, count);
      editor.fill(window, first, count, tce, 0, mark, mark, mark);
    }
  }

  /** H_PUT_TCE_INDIRECT that succeeded; QEMU shows the last of up to 512 values (RULES.md Q4). */
  void indirect(Event event, DmaWindow called) {
    long count = event.pages();
    if (count == 0) {
      return;
    }
    if (Long.compareUnsigned(count, FailedRanges.MOST_IN_LIST) > 0) {
      state.contradict("a list of more than 512 entries succeeded", event.ordinal());
      return;
    }
    if (FailedRanges.straddles(this, event, called)) {
      return;
    }
    DmaWindow window = landings.of(event, called, event.ioba(), count);
    if (window == DmaWindow.NONE || window.isInKernel()) {
      return;
    }
    window.sweep().interrupt();
    if (count > 1 && !window.hasGeometry()) {
      // How far apart its entries are is not known, so any entry may be one of them.
      window.forget(Knowledge.START_NOT_RECORDED, event.ordinal());
      return;
    }
    long first = window.indexOf(event.ioba());
    change.range(first, count);
    if (event.has(Event.LIST)) {
      writeList(event, window, first, count);
    } else if (event.has(Event.LIST_LAST_ONLY)) {
      writeLast(event, window, first, count);
    } else {
      unreadList(event, window, first, count);
    }
  }

  /**
   * Who writes every list, and here no more than where it lies, could not read it: QEMU reads zeros
   * there. Without the place, nobody may have looked.
   */
  void unreadList(Event event, DmaWindow window, long first, long count) {
    IommuState.Rules rules = state.rules();
    boolean unreadable = rules.writesLists() && event.has(Event.LIST_ADDRESS);
    if (rules.platform() == Platform.QEMU && unreadable) {
      long zeros = Mark.of(Knowledge.LIST_OUTSIDE_MEMORY, event.ordinal());
      editor.fill(window, first, count, Tce.CLEAR, 0, zeros, zeros, zeros);
    } else {
      editor.forget(window, first, count, Mark.of(Knowledge.LIST_NOT_RECORDED, event.ordinal()));
    }
  }

  private void writeList(Event event, DmaWindow window, long first, long called) {
    int count = (int) Math.min(called, event.listLength());
    long unlisted = Mark.of(Knowledge.LIST_NOT_RECORDED, event.ordinal());
    editor.forget(window, first + count, called - count, unlisted);
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
      long mark = landings.shown(window, tce, event.ordinal());
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
    long observed = landings.shown(window, tce, ordinal);
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
      if (!FailedRanges.storesNothing(state.rules().platform(), event)) {
        window.forget(Knowledge.PARTIAL_FAILURE, event.ordinal());
      }
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
   * A clear that begins or ends inside an allocation cuts it in two (RULES.md L4). What is left
   * behind it counts as an allocation of its own, so that the cut is told once.
   */
  void noteCut(DmaWindow window, long first, long count) {
    long behind = first + count;
    Leaf leaf = window.table.find(first >>> Leaf.BITS);
    boolean front = leaf != null && leaf.continuesAt((int) first & Leaf.LAST);
    boolean back =
        first >>> Leaf.BITS == behind >>> Leaf.BITS
            ? leaf != null && leaf.continuesAt((int) behind & Leaf.LAST)
            : window.contains(behind) && window.table.continuesAt(behind);
    if (!front && !back) {
      return;
    }
    change.signal(Signal.CUT_ALLOCATION);
    change.cutsFront = front;
    change.cutsBack = back;
    change.tookWhole = back && !front && startsWithin(window, first + 1, behind);
    if (back) {
      long[] words = window.table.writable(behind >>> Leaf.BITS).words();
      int at = 2 * ((int) behind & Leaf.LAST) + 1;
      words[at] = Mark.starting(words[at]);
    }
  }

  /** True if an allocation starts there between others: what is before it is mapped, too. */
  private boolean startsWithin(DmaWindow window, long from, long behind) {
    cut.begin(window, from - 1, behind - from + 1);
    boolean live = true;
    while (live && cut.next()) {
      live = cut.isLive();
      if (live && cut.last() >= from && Mark.isStart(cut.mark())) {
        return true;
      }
    }
    return false;
  }

  Landings landings() {
    return landings;
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
