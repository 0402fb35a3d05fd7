package io.tcescope.queries.index;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.Lanes;
import io.tcescope.queries.timeline.Moment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a replay of a recording showed, for those who ask again.
 *
 * @param bytes size of the unpacked recording
 * @param places the events that findings and windows name, by their ordinals
 */
public record RunReport(
    SourceKind source,
    long bytes,
    List<Finding> findings,
    List<CheckRunner.NotApplicable> notApplicable,
    TraceHealth health,
    Lanes lanes,
    Map<Long, Named> places) {
  /** A reader is sent on to the next event if it is that near, else one is opened there. */
  private static final long NEAR = 1 << 14;

  /** An event that is named, and its record as it stands in the file. */
  public record Named(Moment moment, String record) {
    static Named of(Event event) {
      String raw = event.raw();
      return new Named(Moment.of(event), raw.isEmpty() ? event.name() : raw);
    }

    /** Reads those events again, forwards, once; ordinals that are none are left out. */
    public static Map<Long, Named> read(Trace trace, Collection<Long> ordinals) {
      Map<Long, Named> found = new HashMap<>();
      Event event = new Event();
      TraceReader reader = trace.read(1);
      long next = 1;
      for (long ordinal : new TreeSet<>(ordinals)) {
        if (ordinal < 1) {
          continue;
        }
        if (ordinal - next > NEAR) {
          reader = trace.read(ordinal);
        }
        if (reader.find(ordinal, event)) {
          found.put(ordinal, of(event));
        }
        next = ordinal + 1;
      }
      return found;
    }
  }

  /** What observers of a whole replay of the recording showed. */
  public static RunReport of(Trace trace, CheckRunner checks, Lanes lanes, TraceHealth health) {
    List<Finding> findings = checks.findings();
    Set<Long> named = Finding.events(findings);
    named.add(1L);
    named.add(health.events());
    for (Lane lane : lanes.lanes()) {
      named.add(lane.openedBy());
      named.add(lane.closed().event());
    }
    lanes.upheavals().forEach(upheaval -> named.add(upheaval.event()));
    return new RunReport(
        trace.source(),
        trace.bytes(),
        findings,
        checks.notApplicable(),
        health,
        lanes,
        Named.read(trace, named));
  }

  public RunReport {
    findings = List.copyOf(findings);
    notApplicable = List.copyOf(notApplicable);
    places = Map.copyOf(places);
  }
}
