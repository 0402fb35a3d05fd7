package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.HcallStatus;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Platform;
import io.tcescope.engine.state.Signal;
import io.tcescope.engine.state.Stretch;

/** What entries point at: memory that is not there, addresses that no page has. */
final class EntryValues implements Check {
  private final Memory memory;
  private final Storms storms = new Storms();
  private final Stretch stretch = new Stretch();

  EntryValues(Memory memory) {
    this.memory = memory;
  }

  @Override
  public int interests() {
    return Signal.MISALIGNED | Signal.OUTSIDE_MEMORY | Signal.REFUSED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    if (!event.kind().isTceCall() || !window.isOpen()) {
      return;
    }
    if (change.has(Signal.REFUSED)) {
      if (state.rules().platform() == Platform.POWERVM) {
        refused(event, window, state, findings);
      }
      return;
    }
    stretch.begin(window, change.first(), change.pages());
    while (stretch.next()) {
      if (stretch.isLive()) {
        judge(event, change, state, findings);
      }
    }
  }

  private void judge(Event event, Change change, IommuState state, Findings findings) {
    DmaWindow window = change.window();
    int shift = window.pageShift();
    long tce = stretch.tce();
    if (change.has(Signal.MISALIGNED) && Tce.isMisaligned(tce, shift)) {
      misaligned(event, window, stretch.first(), stretch.count(), findings);
    }
    if (change.has(Signal.OUTSIDE_MEMORY)
        && !findings.explained()
        && !memory.has(Tce.realAddress(tce, shift), state)) {
      outside(event, window, stretch.first(), stretch.count(), findings);
    }
  }

  /** Reports so many entries from that one on, all alike, with an address that no page has. */
  void misaligned(Event event, DmaWindow window, long first, long count, Findings findings) {
    add(Rule.TCE_MISALIGNED_ADDRESS, Severity.ERROR, event, window, first, count, findings)
        .message(
            "{entries} {entries:entry|entries} of {liobn} {entries:holds|hold} addresses below the"
                + " window's page, first {tce} at {firstIoba}");
  }

  /** Reports so many entries from that one on, all alike, that map memory which is not there. */
  void outside(Event event, DmaWindow window, long first, long count, Findings findings) {
    add(Rule.TCE_OUTSIDE_PARTITION_MEMORY, Severity.CRITICAL, event, window, first, count, findings)
        .message(
            "{entries} {entries:entry|entries} of {liobn} {entries:maps|map} addresses behind the"
                + " end of memory, first {tce} at {firstIoba}");
  }

  private Draft add(
      Rule rule,
      Severity severity,
      Event event,
      DmaWindow window,
      long first,
      long count,
      Findings findings) {
    boolean observed = Mark.isObserved(window.mark(first));
    return draft(rule, severity, event, window, first, window.tce(first), findings)
        .count("entries", count)
        .address("lastIoba", window.iobaOf(first + count - 1))
        .atMost(observed ? Confidence.CERTAIN : Confidence.INFERRED);
  }

  /** PowerVM checks addresses: the refused call names the page. */
  private void refused(Event event, DmaWindow window, IommuState state, Findings findings) {
    if (!event.has(Event.IOBA | Event.TCE)) {
      return;
    }
    boolean put = event.kind() == EventKind.H_PUT_TCE && Tce.isMapped(event.tce());
    long index = window.indexOf(event.ioba());
    boolean foreign =
        event.kind() == EventKind.H_GET_TCE && event.status() == HcallStatus.H_PARTIAL;
    if (foreign && window.contains(index)) {
      addRefused(event, window, index, findings)
          .message(
              "{entries} {entries:read|reads} on {liobn} {entries:shows|show} pages of others, first"
                  + " at {firstIoba}");
    }
    if (put
        && window.contains(index)
        && !memory.has(Tce.realAddress(event.tce(), window.pageShift()), state)) {
      addRefused(event, window, index, findings)
          .message(
              "{entries} {entries:map|maps} on {liobn} of addresses behind the end of memory"
                  + " {entries:was|were} refused, first {tce} at {firstIoba}");
    }
  }

  private Draft addRefused(Event event, DmaWindow window, long index, Findings findings) {
    Rule rule = Rule.TCE_OUTSIDE_PARTITION_MEMORY;
    return draft(rule, Severity.ERROR, event, window, index, event.tce(), findings)
        .count("entries", 1)
        .address("lastIoba", window.iobaOf(index));
  }

  private Draft draft(
      Rule rule,
      Severity severity,
      Event event,
      DmaWindow window,
      long index,
      long tce,
      Findings findings) {
    long ioba = window.iobaOf(index);
    return storms.entry(
        Storms.Key.of(rule, window, ""),
        event.ordinal(),
        () ->
            findings
                .report(rule, event.ordinal())
                .severity(severity)
                .window(window)
                .ioba(ioba)
                .address("firstIoba", ioba)
                .address("tce", tce)
                .data("entries", 0L)
                .data("operations", 0L)
                .evidence(event.ordinal(), "names the first such page"));
  }
}
