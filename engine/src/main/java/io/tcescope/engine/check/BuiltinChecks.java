package io.tcescope.engine.check;

import io.tcescope.engine.event.SourceKind;
import java.util.List;
import java.util.Set;

/**
 * The built-in checks, in the order in which an event passes them: who only remembers comes first,
 * then who knows causes, then who would take consequences for faults of their own.
 */
final class BuiltinChecks {
  private BuiltinChecks() {}

  /** A fresh set, for one replay. */
  static List<Check> all(Set<SourceKind> sources) {
    WindowHistory history = new WindowHistory();
    Boots boots = new Boots();
    Memory memory = new Memory();
    Faults faults = new Faults(boots);
    return List.of(
        history,
        boots,
        memory,
        new TraceQuality(),
        new WindowRemovals(history),
        new GuestAllocations(),
        new LostMappings(history),
        new WindowRequests(history),
        new WindowOpenings(history),
        new WindowSetUp(history),
        new AbandonedSetUps(history),
        new GivenUp(),
        new ResetCalls(),
        new InUseVerdicts(boots),
        new LastWindowGone(),
        new DdwNeverMade(),
        new StrayFrees(),
        new DeviceMasks(history),
        new Pmem(),
        new OddCalls(),
        new Stuffs(),
        new DeadWindows(history, boots),
        new IgnoredFailures(),
        new GuestMapFailures(boots),
        new FailedCalls(),
        new Rollbacks(),
        new DirectEntries(),
        new Overwrites(boots),
        new EntryValues(memory),
        new Mmio32Entries(),
        new Frees(),
        new DirectWindows(history),
        new DirectFill(history),
        new FreedMemory(),
        new Hotplug(boots),
        new Migrations(),
        new VioQueues(),
        new VcpuCalls(),
        new KvmFaults(),
        new HiddenTables(),
        new Occupancy(sources),
        new LiveMappings(),
        faults,
        new Freezes(faults),
        new FrozenPes());
  }
}
