package io.tcescope.engine.check;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Change;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import java.util.ArrayList;
import java.util.List;

/** Tables that the host kernel keeps: QEMU's recording shows that they are there, and no more. */
final class HiddenTables implements Check {
  @Override
  public int interests() {
    return 0;
  }

  @Override
  public void on(Event event, Change change, IommuState state, Findings findings) {}

  @Override
  public void end(IommuState state, Findings findings, Past past) {
    List<DmaWindow> hidden = new ArrayList<>();
    for (DmaWindow window : state.windows()) {
      if (window.isInKernel() && window.mapping() == Mapping.UNDECIDED) {
        hidden.add(window);
      }
    }
    if (hidden.isEmpty()) {
      return;
    }
    DmaWindow first = hidden.getFirst();
    findings
        .report(Rule.KERNEL_PATH_HIDDEN, Math.max(1, first.openedBy()))
        .window(first)
        .data("windows", hidden.stream().map(window -> Hex.of(window.liobn())).toList())
        .message(
            "KVM keeps the {windows:table|tables} of {windows:window|windows} {windows}: their"
                + " traffic is not in the recording")
        .evidence(Math.max(1, first.openedBy()), "makes the first of them in the kernel");
  }
}
