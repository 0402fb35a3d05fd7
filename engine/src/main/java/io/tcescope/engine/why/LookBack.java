package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Notation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The windows of a bridge just before an event and just after it, in words. */
final class LookBack {
  private final Trace trace;
  private final Timeline timeline;

  LookBack(Trace trace, Timeline timeline) {
    this.trace = trace;
    this.timeline = timeline;
  }

  /** The two moments: a line for each window of the bridge, of all bridges if none is named. */
  record Moments(List<String> before, List<String> after) {}

  Moments around(long ordinal, OptionalLong buid) {
    IommuState state = timeline.after(ordinal - 1);
    List<String> before = windows(state, buid);
    Event event = new Event();
    if (trace.read(ordinal).next(event)) {
      state.apply(event);
    }
    return new Moments(before, windows(state, buid));
  }

  private static List<String> windows(IommuState state, OptionalLong buid) {
    boolean tables = state.rules().showsTables();
    List<String> lines =
        state.windows().stream()
            .filter(window -> buid.isEmpty() || window.bridge().buid() == buid.getAsLong())
            .map(window -> line(window, tables))
            .toList();
    return lines.isEmpty() && !tables ? List.of("not recorded") : lines;
  }

  private static String line(DmaWindow window, boolean showsTables) {
    StringBuilder line = new StringBuilder(window.toString());
    line.append(' ').append(window.role().name().toLowerCase(Locale.ROOT));
    if (window.hasGeometry()) {
      line.append(", ").append(Notation.range(window.start(), window.end()));
      line.append(", ").append(window.entries()).append(" entries");
      line.append(" of ").append(Notation.pageSize(window.pageShift()));
    } else {
      line.append(", place unknown");
    }
    if (showsTables) {
      line.append(": ").append(window.mapped()).append(" live");
      if (window.unknown() > 0) {
        line.append(", ").append(window.unknown()).append(" unknown");
      }
    }
    return line.toString();
  }
}
