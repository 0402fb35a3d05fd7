package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Signal;

/** Linux tests its default window before it replaces it; the replay knows better. */
final class InUseVerdicts implements Check {
  private static final String REFUSAL = "current IOMMU table in use";

  /** Linux 5.15 to 5.19 tested, and got it wrong where nothing is reserved. */
  private static final int FIRST_WRONG = 5015;

  private static final int LAST_WRONG = 5019;

  private final Boots boots;

  InUseVerdicts(Boots boots) {
    this.boots = boots;
  }

  @Override
  public int interests() {
    return Signal.RECORD | Signal.CLOSED;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {
    if (event.kind() == EventKind.LOG && event.text().contains(REFUSAL)) {
      for (DmaWindow window : PciDomain.windows(event, state)) {
        boolean empty =
            window.role() == Role.DEFAULT && window.mapped() == 0 && window.unknown() == 0;
        if (empty) {
          refused(event, window, findings);
        }
      }
    }
    boolean tested = boots.kernelKnown() && boots.mayBe(FIRST_WRONG, LAST_WRONG);
    if (tested && change.has(Signal.CLOSED)) {
      change.closed(Change.Cause.REMOVE).forEach(window -> removed(event, window, findings));
    }
  }

  private static void refused(Event event, DmaWindow window, Findings findings) {
    findings
        .report(Rule.IN_USE_TEST_WRONG, event.ordinal())
        .window(window)
        .data("live", 0L)
        .message("The guest takes default window {liobn} for in use; it is empty")
        .evidence(event.ordinal(), "says that the window is in use");
  }

  private static void removed(Event event, DmaWindow window, Findings findings) {
    InUse inUse = InUse.of(window.inUse());
    if (window.role() == Role.DEFAULT && inUse.live() > 0) {
      inUse
          .describe(findings.report(Rule.IN_USE_TEST_WRONG, event.ordinal()))
          .atMost(Confidence.INFERRED)
          .message(
              "The guest took default window {liobn} for idle; {live} {live:entry is|entries are}"
                  + " live")
          .evidence(event.ordinal(), "removes the window");
    }
  }
}
