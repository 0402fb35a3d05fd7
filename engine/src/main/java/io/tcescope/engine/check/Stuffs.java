package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stuffs that map: Linux clears with this call and never sets a page with it. */
final class Stuffs implements Check {
  private static final int VALUES_KEPT = 8;

  private final Storms storms = new Storms();

  /** The values of each storm, those met first. */
  private final Map<Draft, List<String>> values = new HashMap<>();

  @Override
  public int interests() {
    return Signal.ODD_LIST | Signal.REFUSED | Signal.UNKNOWN_LIOBN;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    boolean maps =
        event.kind() == EventKind.H_STUFF_TCE
            && Tce.isMapped(event.tce())
            && !change.has(Signal.EMPTY)
            && !findings.explained();
    if (maps) {
      mapped(event, change, findings);
    }
  }

  private void mapped(Event event, Change change, Findings findings) {
    DmaWindow window = change.window();
    Draft draft =
        storms.add(
            Storms.Key.of(Rule.STUFF_SETS_PERMISSION, window, ""),
            event.ordinal(),
            () -> first(event, findings));
    draft.count("failed", event.succeeded() ? 0 : 1);
    List<String> met = values.computeIfAbsent(draft, d -> new ArrayList<>());
    String value = Hex.of(event.tce());
    if (!met.contains(value) && met.size() < VALUES_KEPT) {
      met.add(value);
      draft.data("tces", List.copyOf(met));
    }
    if (draft.wantsEvidence()) {
      draft.evidence(event.ordinal(), inWords(event, change));
    }
  }

  private static Draft first(Event event, Findings findings) {
    Draft draft =
        findings
            .report(Rule.STUFF_SETS_PERMISSION, event.ordinal())
            .liobn(event.liobn())
            .ioba(event)
            .address("tce", event.tce())
            .data("operations", 0L)
            .data("failed", 0L)
            .message(
                "{operations} {operations:stuff|stuffs} on {liobn} {operations:maps|map} instead of"
                    + " clearing, to {tces}; {failed} of {operations:it|them} failed");
    return event.has(Event.PAGES) ? draft.data("pages", Draft.unsigned(event.pages())) : draft;
  }

  /** What a stuff did, as far as its record and the replay tell. */
  static String inWords(Event event, Change change) {
    String entries =
        event.has(Event.PAGES)
            ? FindingWords.counted(event.pages(), "entry", "entries")
            : "an unknown number of entries";
    boolean maps = Tce.isMapped(event.tce());
    String to = maps ? " to " + Hex.of(event.tce()) : "";
    if (event.succeeded()) {
      return (maps ? "sets " : "clears ") + entries + to;
    }
    String asked = (maps ? "would set " : "would clear ") + entries + to;
    if (!change.has(Signal.PARTIAL)) {
      return asked + ", and is refused";
    }
    return change.pages() > 0
        ? asked + ", and fails after " + change.pages()
        : asked + ", and fails part of the way; how far is not recorded";
  }
}
