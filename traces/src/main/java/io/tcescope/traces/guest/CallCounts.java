package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.traces.format.NameCounts;
import java.util.HashMap;
import java.util.Map;

/**
 * How many records of each name a tracer's recording holds; and of its hypervisor calls, all of
 * which are in records of one name, how many of each call.
 */
public final class CallCounts {
  private final NameCounts records = new NameCounts();
  private final NameCounts calls = new NameCounts();
  private final Map<Long, String> names = new HashMap<>();

  /** Counts a record that was read. */
  public void count(Event event) {
    records.count(event);
    EventKind kind = event.kind();
    if (kind.group() == EventKind.Group.TCE) {
      calls.count(kind.call(), event);
    } else if (kind == EventKind.HCALL && event.has(Event.ID)) {
      calls.count(names.computeIfAbsent(event.id(), Opcodes::name), event);
    }
  }

  /** Tells all counts; may be called again when there is more. */
  public void reportTo(TraceHealth health) {
    records.reportTo(health);
    calls.reportTo(health);
  }
}
