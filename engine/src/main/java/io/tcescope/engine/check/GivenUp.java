package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;
import java.util.LinkedHashMap;
import java.util.Map;

/** PEs for which the guest asked once for a window, was refused, and never asked again. */
final class GivenUp implements Check {
  /** The last window call for a PE. */
  private record Last(long ordinal, boolean failedCreate, long status) {}

  private final Map<Long, Last> calls = new LinkedHashMap<>();

  @Override
  public int interests() {
    return Signal.WINDOW_CALL;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (!event.has(Event.BUID)) {
      return;
    }
    boolean failedCreate =
        event.kind() == EventKind.CREATE_PE_DMA_WINDOW && change.has(Signal.REFUSED);
    calls.merge(
        event.buid(),
        new Last(event.ordinal(), failedCreate, event.status()),
        (before, now) -> before.failedCreate() && failedCreate ? before : now);
  }

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    long last = calls.values().stream().mapToLong(Last::ordinal).max().orElse(0);
    calls.forEach(
        (buid, call) -> {
          if (call.failedCreate() && last > call.ordinal()) {
            state.windows().stream()
                .filter(window -> window.bridge().buid() == buid)
                .filter(window -> window.role() == Role.DEFAULT && window.mapped() > 0)
                .findFirst()
                .ifPresent(window -> report(buid, call, window, findings));
          }
        });
  }

  private static void report(long buid, Last call, DmaWindow window, Findings findings) {
    findings
        .report(Rule.DDW_PERMANENTLY_DISABLED, call.ordinal())
        .atMost(Confidence.INFERRED)
        .window(window)
        .address("buid", buid)
        .data("status", call.status())
        .data("live", window.mapped())
        .message(
            "PE {buid} was refused a window (status {status}) and never asked again; its mappings"
                + " stay in {liobn}")
        .evidence(call.ordinal(), "is refused, and is the last call for this PE");
  }
}
