package io.tcescope.traces.guest;

import io.tcescope.engine.event.TraceHealth;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Probes whose arguments would mean something, if the recording told what function they are on: it
 * has only an address, and the probe's name is the user's own.
 */
public final class UnplacedProbes {
  private final Set<String> names = new TreeSet<>();

  /** Notes a probe whose function the recording does not tell. */
  public void meet(String probe, Collection<String> arguments) {
    boolean hasMeaning =
        arguments.stream().map(Argument::named).anyMatch(a -> a != null && a != Argument.RESULT);
    if (hasMeaning && GuestFunction.ofProbe(probe) == GuestFunction.OTHER) {
      names.add(probe);
    }
  }

  /** Tells all of them; may be called again when there are more. */
  public void reportTo(TraceHealth health) {
    for (String name : names) {
      health.remark(
          "the records of probe "
              + name
              + " tell an address and no function: what their arguments mean is not known; give"
              + " it its function's name, or read tracefs text or a trace.dat with kallsyms");
    }
  }
}
