package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Entries that do not belong into their window: others in one that is 1:1, 1:1 ones in one that is
 * not. Stands before the checks that would take them for double maps and wrong frees.
 */
final class DirectEntries implements Check {
  /** Memory that came or went last: its place, and the event. */
  private record Block(long address, long size, long ordinal) {}

  /** Events after a change of memory within which a clear may belong to it. */
  private static final long CLOSE = 10_000;

  private final Storms storms = new Storms();
  private @Nullable Block last;

  @Override
  public int interests() {
    return Signal.REMAPPED
        | Signal.CLASSIFIED
        | Signal.RECORD
        | (last == null ? 0 : Signal.CLEARED);
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (last != null && event.ordinal() - last.ordinal() > CLOSE) {
      last = null;
    }
    if (event.kind() == EventKind.MEMORY_ADDED || event.kind() == EventKind.MEMORY_REMOVED) {
      last = new Block(event.start(), Memory.blockSize(event), event.ordinal());
    }
    if (!event.kind().isTceCall() || findings.explained()) {
      return;
    }
    DmaWindow window = change.window();
    if (change.has(Signal.REMAPPED)) {
      remapped(event, change, window, findings);
    } else if (change.has(Signal.CLASSIFIED) && window.usage().isMixed()) {
      mixed(event, change, window, findings);
    } else if (last != null && change.has(Signal.CLEARED)) {
      cleared(event, change, window, last, findings);
    }
  }

  private static boolean isIdentity(DmaWindow window, long index, long tce) {
    return Tce.realAddress(tce, window.pageShift()) == index << window.pageShift();
  }

  private void remapped(Event event, Change change, DmaWindow window, Findings findings) {
    long index = change.firstRemapped();
    boolean was = isIdentity(window, index, change.oldTce());
    boolean is = isIdentity(window, index, change.newTce());
    if (window.mapping() == Mapping.DYNAMIC
        && is
        && !was
        && event.kind() == EventKind.H_PUT_TCE_INDIRECT) {
      clobbered(event, window, index, findings)
          .count("entries", change.remapped())
          .evidence(Mark.writer(change.oldMark()), "mapped the first of the entries");
      findings.explain();
    } else if (isDirect(window) && was && !is) {
      misjudged(event, change, window, findings);
      findings.explain();
    }
  }

  private static boolean isDirect(DmaWindow window) {
    return window.mapping() == Mapping.DIRECT || window.mapping() == Mapping.HYBRID;
  }

  private Draft clobbered(Event event, DmaWindow window, long index, Findings findings) {
    return storms
        .add(
            Storms.Key.of(Rule.NOTIFIER_CLOBBERS_DYNAMIC_WINDOW, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.NOTIFIER_CLOBBERS_DYNAMIC_WINDOW, event.ordinal())
                    .atMost(
                        Mark.isObserved(window.mark(index))
                            ? Confidence.CERTAIN
                            : Confidence.INFERRED)
                    .window(window)
                    .ioba(window.iobaOf(index))
                    .data("entries", 0L)
                    .data("operations", 0L)
                    .message(
                        "Memory was entered 1:1 into dynamic window {liobn}: {entries} live"
                            + " {entries:entry|entries} changed, first {ioba}"))
        .evidence(event.ordinal(), "writes what a 1:1 window would hold there");
  }

  private void misjudged(Event event, Change change, DmaWindow window, Findings findings) {
    storms
        .add(
            Storms.Key.of(Rule.DIRECT_DDW_MISJUDGED_DYNAMIC, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.DIRECT_DDW_MISJUDGED_DYNAMIC, event.ordinal())
                    .window(window)
                    .ioba(window.iobaOf(change.firstRemapped()))
                    .address("old", change.oldTce())
                    .address("new", change.newTce())
                    .data("entries", 0L)
                    .data("operations", 0L)
                    .message(
                        "{entries} {entries:entry|entries} of 1:1 window {liobn}"
                            + " {entries:was|were} overwritten, first {ioba}: {old} became {new}")
                    .evidence(Mark.writer(change.oldMark()), "mapped memory 1:1"))
        .count("entries", change.remapped())
        .evidence(event.ordinal(), "maps something else over it");
  }

  /** The first other entry in a 1:1 window; an empty one was cleared to be used otherwise. */
  private static void mixed(Event event, Change change, DmaWindow window, Findings findings) {
    boolean wasEmpty = window.mapped() == change.mapped();
    if (wasEmpty && !isIdentity(window, change.first(), window.tce(change.first()))) {
      return;
    }
    long index = firstOther(change, window);
    findings
        .report(Rule.DIRECT_WINDOW_NOT_IDENTITY, event.ordinal())
        .atMost(Mark.isObserved(window.mark(index)) ? Confidence.CERTAIN : Confidence.INFERRED)
        .window(window)
        .ioba(window.iobaOf(index))
        .address("tce", window.tce(index))
        .message("Entry {ioba} of 1:1 window {liobn} maps another page: {tce}")
        .evidence(window.openedBy(), "made the window")
        .evidence(event.ordinal(), "maps it");
  }

  /** The first entry of the call that is known and not 1:1; else its last, as QEMU shows it. */
  private static long firstOther(Change change, DmaWindow window) {
    long last = change.first() + Math.max(0, change.pages() - 1);
    for (long i = change.first(); i < last; i++) {
      long tce = window.tce(i);
      boolean shown = Mark.isObserved(window.mark(i)) && Tce.isMapped(tce);
      if (shown && !isIdentity(window, i, tce)) {
        return i;
      }
    }
    return last;
  }

  /** The memory that went is cleared where a 1:1 window would hold it, in a window that is none. */
  private void cleared(
      Event event, Change change, DmaWindow window, Block block, Findings findings) {
    boolean same =
        window.mapping() == Mapping.DYNAMIC
            && event.kind() == EventKind.H_STUFF_TCE
            && change.first() == block.address() >>> window.pageShift()
            && change.pages() == Math.max(1, block.size() >>> window.pageShift());
    if (same && block.address() != 0) {
      clobbered(event, window, change.first(), findings)
          .atMost(Confidence.INFERRED)
          .count("entries", change.cleared())
          .evidence(block.ordinal(), "is the change of memory");
      findings.explain();
    }
  }
}
