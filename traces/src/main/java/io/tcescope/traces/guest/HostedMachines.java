package io.tcescope.traces.guest;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Opcodes;
import io.tcescope.engine.event.TraceHealth;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual machines of a host whose tracer recorded KVM. Their windows have the same names, and
 * no record says which machine it is about: where there are several, no call on a table is told.
 */
public final class HostedMachines {
  /** For a reader that finds out how many there are. */
  public static final HostedMachines UNASKED = new HostedMachines(() -> "");

  private static final String REASON = "call of one of several virtual machines";

  private final Supplier<String> look;
  private @Nullable String proof;

  /**
   * @param look reads the recording for what proves that there are several, empty if nothing does;
   *     is asked once, and only if there are calls that KVM handled
   */
  public HostedMachines(Supplier<String> look) {
    this.look = look;
  }

  synchronized boolean areSeveral() {
    String found = proof;
    if (found == null) {
      found = look.get();
      proof = found;
    }
    return !found.isEmpty();
  }

  /** Counts a call that is not told for that reason. */
  public void report(GuestRecord record, Event event, String file, TraceHealth health) {
    boolean exit = record.type().shape() == RecordType.Shape.KVM_HCALL_EXIT;
    if (exit && event.kind() == EventKind.HCALL && event.has(Event.ID)) {
      EventKind call = Opcodes.kind(event.id());
      if (call != null) {
        String which = call.call() + " by thread " + event.thread();
        health.skipped(REASON, file, event.line(), which);
      }
    }
  }

  /** Says so where everybody looks. */
  public synchronized void remark(String file, TraceHealth health) {
    String found = proof;
    if (found != null && !found.isEmpty()) {
      health.remark(
          file
              + " mixes the calls of several virtual machines ("
              + found
              + "): no call on a table is read, for no record says whose table it is; record one"
              + " machine at a time");
    }
  }
}
