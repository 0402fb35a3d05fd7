package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;

/** Calls on live windows that fail, or whose range is not what the window allows. */
final class FailedCalls implements Check {
  private final Storms storms = new Storms();

  @Override
  public int interests() {
    return Signal.REFUSED | Signal.OVER_512 | Signal.STRADDLING;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    boolean concerned = event.kind().isTceCall() && window.isOpen() && !findings.explained();
    if (!concerned || event.status() == HcallStatus.H_TOO_HARD) {
      return;
    }
    if (change.has(Signal.STRADDLING)) {
      straddling(event, change, findings);
    } else if (change.has(Signal.OUT_OF_WINDOW)) {
      outOfWindow(event, window, findings);
    }
    boolean single = event.kind() == EventKind.H_STUFF_TCE && event.pages() == 1;
    if (change.has(Signal.PARTIAL) && !single) { // one entry has no part
      partial(event, change, findings);
    }
    boolean sweep = change.has(Signal.SWEEPING);
    boolean tooMany = (change.has(Signal.OVER_512) && !sweep) || event.status() == HcallStatus.H_P4;
    if (event.kind() == EventKind.H_STUFF_TCE && tooMany) {
      over512(event, change, findings);
    }
    if (event.status() == HcallStatus.H_NOT_ENOUGH_RESOURCES) {
      exhausted(event, window, findings);
    }
  }

  private void straddling(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    storms.add(
        Storms.Key.of(Rule.STRADDLING_RANGE_UNCHECKED, window, event.kind().call()),
        event.ordinal(),
        () ->
            findings
                .report(Rule.STRADDLING_RANGE_UNCHECKED, event.ordinal())
                .window(window)
                .ioba(event)
                .data("pages", Draft.unsigned(event.pages()))
                .data("inside", change.pages())
                .message(
                    "{pages} {pages:entry|entries} from {ioba} on {pages:was|were} named, {inside}"
                        + " {inside:is|are} in {liobn}")
                .evidence(event.ordinal(), "leaves the window and succeeds"));
  }

  private void outOfWindow(Event event, DmaWindow window, Findings findings) {
    long bad = firstBad(event, window);
    Rule rule = Rule.IOBA_OUT_OF_WINDOW;
    Draft draft = storms.again(rule, window, event.kind().call(), event.ordinal());
    if (draft == null) {
      draft =
          storms.add(
              Storms.Key.of(rule, window, event.kind().call()),
              event.ordinal(),
              () ->
                  findings
                      .report(rule, event.ordinal())
                      .window(window)
                      .ioba(bad)
                      .address("firstBadIoba", bad)
                      .address("start", window.start())
                      .address("end", window.end())
                      .data("operations", 0L)
                      .message(
                          "{operations} {operations:call leaves|calls leave} window {liobn}"
                              + " ({start} up to {end}), first at {firstBadIoba}"));
    }
    if (draft.wantsEvidence()) {
      draft.evidence(event.ordinal(), "names " + Hex.of(bad) + ", outside the window");
    }
  }

  private static long firstBad(Event event, DmaWindow window) {
    boolean shown = event.has(Event.IOBA_IS_END) || !window.covers(event.ioba());
    return shown ? event.ioba() : window.end();
  }

  private static void partial(Event event, Change change, Findings findings) {
    boolean stuff = event.kind() == EventKind.H_STUFF_TCE;
    String done = stuff && isClear(event) ? "cleared" : "set";
    DmaWindow window = change.window();
    boolean noneOrOne = event.has(Event.LIST_LAST_ONLY) && event.tce() == 0 && change.pages() == 1;
    boolean counted = change.pages() > 0 && !noneOrOne;
    Rule rule = stuff ? Rule.STUFF_PARTIAL_FAILURE : Rule.INDIRECT_PARTIAL_FAILURE;
    Draft draft =
        findings
            .report(rule, event.ordinal())
            .atMost(counted ? Confidence.CERTAIN : Confidence.LOW)
            .window(window)
            .ioba(event)
            .data("applied", counted ? (Object) change.pages() : "unknown")
            .data("status", HcallStatus.name(event.status()))
            .message(
                (stuff ? "A stuff" : "An indirect put")
                    + " on {liobn} failed ({status}); entries "
                    + done
                    + " before it stopped: {applied}")
            .evidence(event.ordinal(), "fails part of the way");
    if (event.has(Event.PAGES) && !event.has(Event.LIST_LAST_ONLY)) {
      draft.data("pages", Draft.unsigned(event.pages()));
    }
  }

  private void over512(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    boolean refused = event.status() == HcallStatus.H_P4;
    storms
        .add(
            Storms.Key.of(Rule.STUFF_COUNT_OVER_512, window, refused),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.STUFF_COUNT_OVER_512, event.ordinal())
                    .severity(refused ? Severity.ERROR : Severity.INFO)
                    .window(window)
                    .ioba(event)
                    .data(
                        "pages", event.has(Event.PAGES) ? Draft.unsigned(event.pages()) : "unknown")
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:stuff|stuffs} of more than 512 entries on {liobn}"
                            + (refused ? "; refused, the entries stay as they were" : "")))
        .evidence(event.ordinal(), Stuffs.inWords(event, change));
  }

  private void exhausted(Event event, DmaWindow window, Findings findings) {
    if (event.kind() == EventKind.H_GET_TCE || isClear(event)) {
      return;
    }
    storms
        .add(
            Storms.Key.of(Rule.TCE_RESOURCES_EXHAUSTED, window, ""),
            event.ordinal(),
            () ->
                findings
                    .report(Rule.TCE_RESOURCES_EXHAUSTED, event.ordinal())
                    .window(window)
                    .ioba(event)
                    .data("mapped", window.mapped())
                    .address("mappedBytes", window.mapped() << window.pageShift())
                    .data("operations", 0L)
                    .message(
                        "{operations} {operations:map|maps} on {liobn} refused for lack of"
                            + " resources, with {mapped} {mapped:entry|entries} mapped at the first"))
        .evidence(event.ordinal(), "is refused with H_NOT_ENOUGH_RESOURCES");
  }

  static boolean isClear(Event event) {
    return event.kind() != EventKind.H_PUT_TCE_INDIRECT
        && event.has(Event.TCE)
        && !Tce.isMapped(event.tce());
  }
}
