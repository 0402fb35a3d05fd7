package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Clears that are no free of whole mappings. A driver frees one allocation, or several that adjoin
 * (merged scatterlists); sweeps of a whole window and 1:1 windows follow other rules.
 */
final class Frees implements Check {
  private static final int EVERYTHING = -1;

  /** Linux frees 512 entries with a call; more take several calls (6.4 and later). */
  private static final long CHUNK = 512;

  /** Events of others that may stand between two calls of one free. */
  private static final long PATIENCE = 1000;

  private static final String CUT =
      "{operations} {operations:free|frees} on {liobn} {operations:cuts|cut} a mapping:"
          + " {freed} {freed:entry|entries} from {ioba} on; {leftBefore} of the mapping"
          + " before and {leftBehind} behind {freed:it|them} {left:is|are} left";

  /** A free that is too long: its neighbour loses entries that are in use. */
  private static final String TOOK_MORE =
      "{operations} {operations:free|frees} on {liobn} {operations:takes|take} a whole mapping and"
          + " part of the next: {freed} entries from {ioba} on; {leftBehind} of the next"
          + " {leftBehind:is|are} left";

  /** A clear that is judged, now or with the next call of its caller. */
  private static final class Clear {
    DmaWindow window = DmaWindow.NONE;
    long ordinal;
    long first;
    long pages;
    long wereLive;
    long alreadyClear;
    boolean cutsFront;
    boolean cutsBack;
    boolean tookWhole;

    void set(Event event, Change change) {
      window = change.window();
      ordinal = event.ordinal();
      first = change.first();
      pages = change.pages();
      wereLive = change.cleared();
      alreadyClear = change.alreadyClear();
      cutsFront = change.cutsFront();
      cutsBack = change.cutsBack();
      tookWhole = change.tookWhole();
    }

    long behind() {
      return first + pages;
    }

    boolean leavesTheEnd() {
      return cutsBack && !cutsFront;
    }

    String inWords() {
      return "clears "
          + FindingWords.counted(pages, "entry", "entries")
          + " from "
          + Hex.of(window.iobaOf(first))
          + " on";
    }
  }

  /** A full chunk that stopped inside a mapping: its caller's next call may clear the rest. */
  private record Chunk(Clear clear, Caller caller) {
    /** True if that call is, or may be, the caller's next one. */
    boolean isFollowedBy(Event event, Change change) {
      boolean onWindow = change.window() == clear.window;
      if (caller.isKnown()) {
        return onWindow && caller.mayHaveMade(event);
      }
      boolean touches =
          onWindow
              && event.kind() != EventKind.H_GET_TCE
              && change.first() <= clear.behind()
              && clear.behind() < change.first() + change.pages();
      return touches || event.ordinal() - clear.ordinal > PATIENCE;
    }
  }

  /**
   * A free of what is clear.
   *
   * @param again true if an event had cleared the first entry before
   * @param whole true if all its entries are known to have been clear
   */
  private record Vain(boolean again, boolean whole) {
    static Vain of(Change change) {
      return new Vain(Mark.writer(change.unmappedMark()) > 0, change.formerlyUnknown() == 0);
    }
  }

  private final Storms storms = new Storms();

  private final List<Chunk> chunks = new ArrayList<>();

  /** Reused from event to event, unless a chunk keeps it. */
  private Clear clear = new Clear();

  @Override
  public int interests() {
    return chunks.isEmpty() ? Signal.CUT_ALLOCATION | Signal.CLEARED_UNMAPPED : EVERYTHING;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind().isTceCall()) {
      decide(event, change, findings);
    }
    boolean exempt =
        !change.has(Signal.CUT_ALLOCATION | Signal.CLEARED_UNMAPPED)
            || findings.explained()
            || change.has(Signal.SWEEPING | Signal.REFUSED)
            || !event.kind().isTceCall()
            || event.tce() != Tce.CLEAR
            || change.window().mapping() == Mapping.DIRECT;
    if (exempt) {
      return;
    }
    clear.set(event, change);
    if (change.has(Signal.CUT_ALLOCATION)) {
      if (clear.pages == CHUNK && clear.leavesTheEnd()) {
        chunks.add(new Chunk(clear, Caller.of(event)));
        clear = new Clear();
      } else {
        cut(clear, findings);
      }
    } else if (clear.wereLive > 0) {
      gap(clear, findings);
    } else {
      unmapped(event, change, findings);
    }
  }

  /**
   * The caller's next call on the window goes on where a chunk ended, or the chunk was a cut. If
   * callers are not recorded, the next call that changes the rest tells, whoever makes it.
   */
  private void decide(Event event, Change change, Findings findings) {
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      if (chunk.isFollowedBy(event, change)) {
        chunks.remove(i--);
        boolean goesOn =
            change.window() == chunk.clear().window
                && FailedCalls.isClear(event)
                && change.first() == chunk.clear().behind();
        if (!goesOn) {
          cut(chunk.clear(), findings);
        }
      }
    }
  }

  private void cut(Clear clear, Findings findings) {
    Draft draft = mismatch(clear.tookWhole ? "neighbour" : "cut", clear, findings);
    if (draft.ordinal() == clear.ordinal) {
      long before = clear.cutsFront ? Bounds.lengthUpTo(clear.window, clear.first) : 0;
      long behind = clear.cutsBack ? Bounds.lengthFrom(clear.window, clear.behind()) : 0;
      draft
          .address("cutAt", clear.window.iobaOf(clear.cutsFront ? clear.first : clear.behind()))
          .data("leftBefore", before)
          .data("leftBehind", behind)
          .data("left", before + behind)
          .severity(clear.tookWhole ? Severity.CRITICAL : Severity.ERROR)
          .evidence(mapper(clear), "made the mapping that is cut")
          .message(clear.tookWhole ? TOOK_MORE : CUT);
    }
  }

  /** The event that wrote what is left in front of the cut, or else behind it. */
  private static long mapper(Clear clear) {
    return Mark.writer(clear.window.mark(clear.cutsFront ? clear.first - 1 : clear.behind()));
  }

  private void gap(Clear clear, Findings findings) {
    mismatch("gap", clear, findings)
        .message(
            "{operations} {operations:free|frees} on {liobn} {operations:covers|cover} entries that"
                + " were not mapped: {alreadyClear} of {freed} from {ioba} on");
  }

  private Draft mismatch(String kind, Clear clear, Findings findings) {
    Draft draft = storms.again(Rule.TCE_FREE_SIZE_MISMATCH, clear.window, kind, clear.ordinal);
    if (draft == null) {
      draft = firstMismatch(kind, clear, findings);
    }
    if (draft.wantsEvidence()) {
      draft.evidence(clear.ordinal, clear.inWords());
    }
    return draft;
  }

  private Draft firstMismatch(String kind, Clear clear, Findings findings) {
    DmaWindow window = clear.window;
    return storms.add(
        Storms.Key.of(Rule.TCE_FREE_SIZE_MISMATCH, window, kind),
        clear.ordinal,
        () ->
            findings
                .report(Rule.TCE_FREE_SIZE_MISMATCH, clear.ordinal)
                .atMost(Confidence.INFERRED)
                .window(window)
                .ioba(window.iobaOf(clear.first))
                .data("freed", clear.pages)
                .data("wereLive", clear.wereLive)
                .data("alreadyClear", clear.alreadyClear)
                .data("operations", 0L));
  }

  private void unmapped(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    Vain vain = Vain.of(change);
    Draft draft = storms.again(Rule.TCE_CLEAR_UNMAPPED, window, vain, event.ordinal());
    if (draft == null) {
      draft = firstUnmapped(event, change, vain, findings);
    }
    if (draft.wantsEvidence()) {
      draft.evidence(event.ordinal(), clearedAgain(change));
    }
  }

  private static String clearedAgain(Change change) {
    String ioba = Hex.of(change.window().iobaOf(change.firstUnmapped()));
    return "clears "
        + FindingWords.counted(change.alreadyClear(), "entry", "entries")
        + " from "
        + ioba
        + " on again";
  }

  private Draft firstUnmapped(Event event, Change change, Vain vain, Findings findings) {
    DmaWindow window = change.window();
    long clearedBy = Mark.writer(change.unmappedMark());
    boolean observed = vain.whole() && Mark.isObserved(change.unmappedMark());
    return storms.add(
        Storms.Key.of(Rule.TCE_CLEAR_UNMAPPED, window, vain),
        event.ordinal(),
        () ->
            findings
                .report(Rule.TCE_CLEAR_UNMAPPED, event.ordinal())
                .severity(clearedBy > 0 ? Severity.ERROR : Severity.WARNING)
                .atMost(observed ? Confidence.CERTAIN : Confidence.INFERRED)
                .window(window)
                .ioba(window.iobaOf(change.firstUnmapped()))
                .data("alreadyClear", change.alreadyClear())
                .data("operations", 0L)
                .message(
                    "{operations} {operations:free|frees} on {liobn} of entries that were clear"
                        + " already, first at {ioba}")
                .evidence(clearedBy, "cleared the first of them before"));
  }
}
