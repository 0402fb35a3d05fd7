package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Live entries written again without a clear. One page in several entries is none of this: it is
 * about one entry written twice.
 */
final class Overwrites implements Check {
  /** A guest that has read half of a table before is a kdump kernel taking it over. */
  private static final long READ_SHARE = 2;

  /** A guest that maps over live entries in so many windows exchanges nothing. */
  private static final int MOST_EXCHANGES = 32;

  private record DoubleMap(
      Draft draft, DmaWindow window, long ordinal, long ioba, long reads, long crashKernel) {}

  private static final String KDUMP = "TCE table is full; freeing";

  private final Boots boots;
  private final Storms storms = new Storms();
  private final List<DoubleMap> doubleMaps = new ArrayList<>();

  Overwrites(Boots boots) {
    this.boots = boots;
  }

  @Override
  public int interests() {
    return Signal.REMAPPED | Signal.PERMISSION_CHANGED | Signal.REWRITTEN | Signal.RECORD;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.LOG && event.text().contains(KDUMP)) {
      takeover(event.ordinal(), findings).evidence(event.ordinal(), "says so");
    }
    if (!event.kind().isTceCall() || findings.explained()) {
      return;
    }
    if (change.has(Signal.REMAPPED)) {
      remapped(event, change, findings);
    }
    if (change.has(Signal.PERMISSION_CHANGED)) {
      permissionChanged(event, change, findings);
    }
    boolean again = state.rules().platform() == Platform.KVM; // a call KVM left to user space
    if (change.has(Signal.REWRITTEN) && !again) {
      rewritten(event, change, findings);
    }
  }

  private void remapped(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    long ioba = window.iobaOf(change.firstRemapped());
    Draft draft = storms.again(Rule.TCE_DOUBLE_MAP, window, "", event.ordinal());
    if (draft == null) {
      draft =
          storms.add(
              Storms.Key.of(Rule.TCE_DOUBLE_MAP, window, ""),
              event.ordinal(),
              () -> firstRemapped(event, change, findings));
    }
    draft.count("entries", change.remapped());
    if (draft.wantsEvidence()) {
      draft.evidence(event.ordinal(), "maps over a live entry at " + Hex.of(ioba));
    }
  }

  private Draft firstRemapped(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    Draft draft =
        overwritten(findings.report(Rule.TCE_DOUBLE_MAP, event.ordinal()), change)
            .message(
                "{entries} live {entries:entry|entries} of {liobn} {entries:was|were} mapped to"
                    + " another page, first {firstIoba}: {old} became {new}")
            .evidence(Mark.writer(change.oldMark()), "mapped the first of them");
    long ioba = window.iobaOf(change.firstRemapped());
    boolean crashed = boots.crashKernel() > Mark.writer(change.oldMark());
    long crashKernel = crashed ? boots.crashKernel() : 0;
    doubleMaps.add(
        new DoubleMap(draft, window, event.ordinal(), ioba, window.usage().reads(), crashKernel));
    return draft;
  }

  private static Draft overwritten(Draft draft, Change change) {
    DmaWindow window = change.window();
    boolean observed = Mark.isObserved(change.oldMark());
    boolean shown = Mark.isObserved(window.mark(change.firstRemapped()));
    return draft
        .atMost(observed && shown ? Confidence.CERTAIN : Confidence.INFERRED)
        .window(window)
        .ioba(window.iobaOf(change.firstRemapped()))
        .address("firstIoba", window.iobaOf(change.firstRemapped()))
        .address("old", change.oldTce())
        .address("new", change.newTce())
        .data("entries", 0L)
        .data("operations", 0L);
  }

  private void permissionChanged(Event event, Change change, Findings findings) {
    if (change.remapped() > 0) {
      return; // the change tells the values of one entry only, and that is the remapped one
    }
    boolean widened = Tce.permission(change.newTce()) > Tce.permission(change.oldTce());
    Rule rule = Rule.TCE_PERMISSION_CHANGED;
    Draft draft = storms.again(rule, change.window(), widened, event.ordinal());
    if (draft == null) {
      draft =
          storms.add(
              Storms.Key.of(rule, change.window(), widened),
              event.ordinal(),
              () ->
                  overwritten(findings.report(rule, event.ordinal()), change)
                      .severity(widened ? Severity.ERROR : Severity.WARNING)
                      .message(
                          "{entries} live {entries:entry|entries} of {liobn} got other permissions,"
                              + " first {firstIoba}: {old} became {new}")
                      .evidence(Mark.writer(change.oldMark()), "mapped the first of them"));
    }
    draft
        .count("entries", change.permissionChanged())
        .evidence(event.ordinal(), "changes permissions without an unmap");
  }

  private void rewritten(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    boolean observed =
        Mark.isObserved(change.rewrittenMark()) && Mark.isObserved(window.mark(change.first()));
    Draft draft = storms.again(Rule.TCE_REMAP_IDENTICAL, window, "", event.ordinal());
    if (draft == null) {
      draft =
          storms.add(
              Storms.Key.of(Rule.TCE_REMAP_IDENTICAL, window, ""),
              event.ordinal(),
              () ->
                  findings
                      .report(Rule.TCE_REMAP_IDENTICAL, event.ordinal())
                      .atMost(observed ? Confidence.CERTAIN : Confidence.INFERRED)
                      .window(window)
                      .ioba(window.iobaOf(change.first()))
                      .data("entries", 0L)
                      .data("operations", 0L)
                      .message(
                          "{entries} live {entries:entry|entries} of {liobn} {entries:was|were}"
                              + " written again unchanged"));
    }
    draft
        .count("entries", change.rewritten())
        .evidence(event.ordinal(), "writes what is there already");
  }

  /**
   * Who reads an entry and then writes it exchanges it on purpose (VFIO in the guest), and who has
   * read the table before takes it over (kdump).
   */
  @Override
  public void end(IommuState state, Findings findings, Past past) {
    if (doubleMaps.size() > MOST_EXCHANGES) {
      return;
    }
    for (DoubleMap map : doubleMaps) {
      long liobn = map.window().liobn();
      if (past.readJustBefore(map.ordinal(), liobn, map.ioba())) {
        findings.withdraw(map.draft());
      } else if (map.reads() >= map.window().entries() / READ_SHARE) {
        findings.withdraw(map.draft());
        storms.add(
            Storms.Key.of(Rule.KDUMP_TABLE_FULL, map.window(), ""),
            map.ordinal(),
            () ->
                takeover(map.ordinal(), findings)
                    .atMost(Confidence.INFERRED)
                    .window(map.window())
                    .ioba(map.ioba())
                    .evidence(map.ordinal(), "maps over an entry after the table was read"));
      } else if (map.crashKernel() > 0) {
        findings.withdraw(map.draft());
        unread(map, findings);
      }
    }
  }

  private static Draft takeover(long ordinal, Findings findings) {
    return findings
        .report(Rule.KDUMP_TABLE_FULL, ordinal)
        .message("A crash kernel takes live entries of a full table over");
  }

  private static void unread(DoubleMap map, Findings findings) {
    findings
        .report(Rule.KDUMP_UNINITIALISED_TABLE, map.ordinal())
        .atMost(Confidence.INFERRED)
        .window(map.window())
        .ioba(map.ioba())
        .message(
            "A crash kernel maps over the live entry at {ioba} of {liobn}, which it has not read")
        .evidence(map.crashKernel(), "is the crash kernel's boot")
        .evidence(map.ordinal(), "maps over a live entry");
  }
}
