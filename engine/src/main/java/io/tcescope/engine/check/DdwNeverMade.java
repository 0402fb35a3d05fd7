package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PEs whose driver asked what windows there are, could have had one, and never got any. QEMU logs
 * no call that fails, so a create that failed looks like one that was not made: low confidence, and
 * only where the machine is not known to have room for hot-plugged memory.
 */
final class DdwNeverMade implements Check {
  private record Asked(long queries, long lastQuery) {}

  /** Linux 6.11 and later asks once for each PE at the PCI scan, before any driver. */
  private static final long SCAN_AND_DRIVER = 2;

  private final Map<Long, Asked> asked = new LinkedHashMap<>();

  @Override
  public int interests() {
    return Signal.WINDOW_CALL;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (!event.has(Event.BUID)) {
      return;
    }
    if (event.kind() == EventKind.CREATE_PE_DMA_WINDOW
        || event.kind() == EventKind.RESET_PE_DMA_WINDOW) {
      asked.put(event.buid(), new Asked(-1, 0)); // whatever it was, the recording tells of it
    } else if (event.kind() == EventKind.QUERY_PE_DMA_WINDOW && event.available() > 0) {
      asked.merge(
          event.buid(),
          new Asked(1, event.ordinal()),
          (old, now) -> old.queries() < 0 ? old : new Asked(old.queries() + 1, now.lastQuery()));
    }
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    Machine machine = state.rules().machine();
    boolean hotPluggable =
        machine.maxmem().isPresent() && machine.maxmem().getAsLong() > machine.ram().orElse(0);
    if (hotPluggable || !state.rules().showsRestores() || !state.rules().inferLists()) {
      return; // a CSV tells of failed calls; other guests than Linux have other reasons
    }
    asked.forEach(
        (buid, query) -> {
          if (query.queries() >= SCAN_AND_DRIVER && usesDefault(buid, state)) {
            report(buid, query, findings);
          }
        });
  }

  private static boolean usesDefault(long buid, IommuState state) {
    return state.windows().stream()
        .anyMatch(
            window ->
                window.bridge().buid() == buid
                    && window.role() == Role.DEFAULT
                    && window.mapped() > 0);
  }

  private static void report(long buid, Asked query, Findings findings) {
    findings
        .report(Rule.DDW_CREATE_ZERO_SIZE, query.lastQuery())
        .atMost(Confidence.LOW)
        .address("buid", buid)
        .message(
            "PE {buid} could have had a window and got none; a Linux guest without maxmem asks for"
                + " one byte")
        .evidence(query.lastQuery(), "tells that a window is available; no create follows");
    findings
        .report(Rule.DDW_PERMANENTLY_DISABLED, query.lastQuery())
        .atMost(Confidence.LOW)
        .address("buid", buid)
        .message("PE {buid} stays in its default window: no window was made, none asked for again")
        .evidence(query.lastQuery(), "is the last window call for this PE");
  }
}
