package io.tcescope.engine.state;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Recorder;
import io.tcescope.engine.event.Tce;

/**
 * Which window a call was about, as its status proves: one that the model holds, one that was there
 * before the recording, or one that came or went unseen.
 */
final class Landings {
  /**
   * No window has more entries than a 64-bit bus has 4K pages; beyond, an address is no evidence.
   */
  private static final long MOST_ENTRIES = 1L << 40;

  /** As much of a page's mask as a record of a look-up holds. */
  private static final long PAGE_MASK = 0xffffffffL;

  private final IommuState state;
  private final Windows windows;
  private final Change change;

  Landings(IommuState state, Windows windows, Change change) {
    this.state = state;
    this.windows = windows;
    this.change = change;
  }

  /**
   * The window in which a call succeeded that names count entries from ioba on. If the model has no
   * such window, or a smaller one, the call proves the model wrong; {@link DmaWindow#NONE} if there
   * is nothing to write to.
   */
  DmaWindow of(Event event, DmaWindow window, long ioba, long count) {
    DmaWindow target = window.isOpen() ? window : unannounced(event, window);
    if (target == DmaWindow.NONE) {
      return target;
    }
    long index = target.indexOf(ioba);
    if (isInsidePage(event, target)) {
      return vanished(target, index, "a call inside a page of window " + target + " succeeded");
    }
    if (fits(target, index, count)) {
      target.provedBy = event.ordinal();
      return target;
    }
    long needed = index + count;
    boolean plausible =
        Long.compareUnsigned(index, MOST_ENTRIES) < 0
            && Long.compareUnsigned(count, MOST_ENTRIES) < 0;
    if (plausible && isOfUntoldSize(target) && isUsed(target, 0)) {
      target.resize(Long.highestOneBit(needed - 1) << 1);
      target.geometry = Geometry.INFERRED;
      return target;
    }
    return vanished(target, index, "a call outside window " + target + " succeeded");
  }

  /** QEMU rounds an address to the window's page before it shows it, but for that of a list. */
  private static boolean isInsidePage(Event event, DmaWindow window) {
    return (event.ioba() & (window.pageSize() - 1)) != 0
        && window.hasGeometry()
        && event.kind() != EventKind.H_PUT_TCE_INDIRECT
        && Recorder.isQemu(event);
  }

  /** Seen to be opened, and no record tells its size: device properties may make it another. */
  private static boolean isOfUntoldSize(DmaWindow window) {
    return window.openedBy() != 0 && window.geometry() != Geometry.OBSERVED;
  }

  /** True if calls on entries up to that one, and from that one on, have succeeded. */
  private static boolean isUsed(DmaWindow window, long index) {
    long[] used = {Long.MAX_VALUE, -1};
    window.visit(
        (first, count, value, step, mark) -> {
          if (Mark.writer(mark) > window.openedBy()) {
            used[0] = Math.min(used[0], first);
            used[1] = first + count - 1;
          }
        });
    return used[0] <= index && index <= used[1];
  }

  /**
   * A call found the window's end there, behind the one that was assumed. Where it begins is no
   * guess any more only if its first entry was used.
   */
  void reaches(DmaWindow window, long entries) {
    boolean plausible = entries > window.entries() && entries < MOST_ENTRIES;
    if (plausible && isOfUntoldSize(window) && isUsed(window, 0)) {
      window.resize(entries);
      window.geometry = Geometry.INFERRED;
    }
  }

  /** How a value is known that an event shows to be in an entry: for good, or until a quiesce. */
  long shown(DmaWindow window, long tce, long event) {
    boolean sure = tce == Tce.CLEAR || window.role() != Role.VIO || windows.crqRow.isRecorded();
    return Mark.of(sure ? Knowledge.OBSERVED : Knowledge.NO_QUIESCE, event);
  }

  private static boolean fits(DmaWindow window, long index, long count) {
    long behind = window.entries() - index;
    return window.contains(index) && Long.compareUnsigned(count, behind) <= 0;
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
    DmaWindow unnamed = UnnamedWindow.called(windows, bridge, event, closed);
    if (unnamed.isOpen()) {
      return unnamed;
    }
    boolean unseen = closed == DmaWindow.NONE && !windows.isKnownFromStart(bridge);
    if (unseen) {
      return assume(bridge, liobn);
    }
    state.contradict(
        "a call succeeded on " + Hex.of(liobn) + ", which has no window",
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
      Extent extent = pci ? defaultExtent(bridge, liobn) : MachineEvents.VIO_EXTENT;
      Role role = pci ? Role.DEFAULT : Role.VIO;
      window = windows.open(bridge, liobn, role, extent, Geometry.ASSUMED, Change.Cause.ASSUMED);
    }
    window.forget(Knowledge.BEFORE_RECORDING, 0);
    return window;
  }

  /** Of some windows no record names the bridge. */
  private Extent defaultExtent(Bridge bridge, long liobn) {
    return bridge == Bridge.NONE
        ? state.rules().machine().defaultWindow(liobn)
        : bridge.defaultExtent;
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
   * A call shows an end or an entry of the window where the model has none: it went, or another
   * came. A window of which place and size were a guess is no contradiction: they are unknown then.
   *
   * @param index the entry at which it shows
   * @return the window that is there then, {@link DmaWindow#NONE} if none
   */
  DmaWindow vanished(DmaWindow window, long index, String proof) {
    if (isUnseenGuess(window)) {
      return placeless(window);
    }
    if (state.rules().machine().isGuessed(window)
        && !state.lacksRecordsSince(window.provedBy)
        && !isUsed(window, index)) {
      return misplaced(window);
    }
    if (change.has(Signal.REFUSED)) {
      refused(window, proof);
      return DmaWindow.NONE;
    }
    state.contradict(proof, window.provedBy);
    return reappeared(window.bridge(), window.liobn(), Change.Cause.HOLE);
  }

  /**
   * A call on an entry that should be there was refused: the window went unseen. That its place was
   * a guess may explain it too, but a recording that seems whole is more likely to have a hole.
   */
  void refused(DmaWindow window, String proof) {
    if (isUnseenGuess(window)) {
      placeless(window);
    } else {
      state.contradict(proof, window.provedBy);
      windows.close(window, Change.Cause.HOLE);
    }
  }

  /**
   * An entry of the window is not what a record told of it, for records are missing; but entries of
   * a window of which place and pages were a guess may be others than was thought.
   */
  DmaWindow misread(DmaWindow window, long provedBy, String proof) {
    if (isUnseenGuess(window)) {
      return placeless(window);
    }
    state.contradict(proof, provedBy);
    return window;
  }

  /** A look-up shows how large a page is; true if it is another window's, which is there then. */
  boolean hasOtherPages(DmaWindow window, Event lookUp) {
    long mask = (window.pageSize() - 1) & PAGE_MASK;
    boolean shown = lookUp.has(Event.PAGE_MASK) && window.role() != Role.VIO;
    long seen = lookUp.pageMask() & PAGE_MASK;
    if (!shown
        || seen == mask
        || window.isInKernel()
        || (namesNoPage(lookUp) && misses(window, lookUp))) {
      return false;
    }
    String proof = "a device's look-up found pages of another size in window " + window;
    vanished(window, lookUp.ioba() >>> window.pageShift(), proof);
    return true;
  }

  /** Where QEMU finds no page, the mask is all ones. */
  static boolean namesNoPage(Event lookUp) {
    return (lookUp.pageMask() & PAGE_MASK) == PAGE_MASK;
  }

  /** Behind the end of a window there are no pages, and the look-up tells of none. */
  private static boolean misses(DmaWindow window, Event lookUp) {
    boolean relative = lookUp.has(Event.IOBA_IS_RELATIVE);
    return !window.covers(relative ? window.start() + lookUp.ioba() : lookUp.ioba());
  }

  /** It was there before the recording, and was taken for the default one. */
  private static boolean isUnseenGuess(DmaWindow window) {
    return window.openedBy() == 0 && window.geometry() == Geometry.ASSUMED;
  }

  private DmaWindow placeless(DmaWindow window) {
    Role role = windows.roleUnseen(window.liobn());
    DmaWindow other = Relocation.of(windows, window, role, Extent.UNKNOWN, Geometry.UNKNOWN);
    other.forget(Knowledge.BEFORE_RECORDING, 0);
    return other;
  }

  /**
   * The window is where and as large as nobody told, and so is the next one that its bridge gets.
   */
  private DmaWindow misplaced(DmaWindow window) {
    window.bridge().forgetDefault();
    DmaWindow placeless =
        Relocation.of(windows, window, window.role(), Extent.UNKNOWN, Geometry.UNKNOWN);
    placeless.forget(Knowledge.START_NOT_RECORDED, change.eventOrdinal());
    new TableEditor(new Change()).copyNewer(window, placeless, window.openedBy());
    return placeless;
  }
}
