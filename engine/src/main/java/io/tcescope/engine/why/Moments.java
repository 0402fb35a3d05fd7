package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The windows of a bridge at a moment, in words. */
final class Moments {
  private final Trace trace;
  private IommuState state;

  Moments(Trace trace, IommuState.Rules rules) {
    this.trace = trace;
    this.state = new IommuState(rules);
  }

  /** One line for each window of the bridge after that event; of all bridges if none is named. */
  List<String> windows(long ordinal, OptionalLong buid) {
    TraceReader reader = trace.read(state.events() + 1);
    Event event = new Event();
    while (state.events() < ordinal && reader.next(event)) {
      state.apply(event);
    }
    return state.settled().windows().stream()
        .filter(window -> buid.isEmpty() || window.bridge().buid() == buid.getAsLong())
        .map(Moments::line)
        .toList();
  }

  private static String line(DmaWindow window) {
    String role = window.role().name().toLowerCase(Locale.ROOT);
    String place =
        window.hasGeometry()
            ? "0x"
                + Long.toHexString(window.start())
                + "..0x"
                + Long.toHexString(window.end())
                + ", page shift "
                + window.pageShift()
            : "place unknown";
    String unknown = window.unknown() == 0 ? "" : ", " + window.unknown() + " unknown";
    return window + " " + role + ", " + place + ": " + window.mapped() + " live" + unknown;
  }
}
