package io.tcescope.engine.check;

import io.tcescope.engine.event.SourceKind;
import java.util.List;

/**
 * The built-in checks, in the order in which an event passes them: who only remembers comes first,
 * then who knows causes, then who would take consequences for faults of their own.
 */
final class BuiltinChecks {
  private BuiltinChecks() {}

  /** A fresh set, for one replay. */
  static List<Check> all(SourceKind source) {
    WindowHistory history = new WindowHistory();
    Memory memory = new Memory();
    Faults faults = new Faults();
    return List.of(
        history,
        memory,
        new TraceQuality(),
        new WindowRemovals(history),
        new LostMappings(history),
        new WindowRequests(history),
        new WindowOpenings(history),
        new WindowSetUp(history),
        new LastWindowGone(),
        new DdwNeverMade(),
        new DeadWindows(history),
        new IgnoredFailures(),
        new FailedCalls(),
        new Rollbacks(),
        new Overwrites(),
        new EntryValues(memory),
        new Mmio32Entries(),
        new Frees(),
        new DirectWindows(history),
        new Occupancy(source),
        new LiveMappings(),
        faults,
        new Freezes(faults));
  }
}
