package io.tcescope.engine.check;

import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.Bridge;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Mark;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Stretch;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries of a PE that map a page which another entry of it maps already, at the recording's end.
 */
final class Aliases {
  /** Larger tables are not searched: the count is for information. */
  private static final long MOST_ENTRIES = 1 << 20;

  private final Map<Long, Long> pages = new HashMap<>();
  private final DmaWindow window;
  private long aliases;
  private long first;
  private long original;

  private Aliases(DmaWindow window) {
    this.window = window;
  }

  static void report(IommuState state, Findings findings) {
    Map<Bridge, Map<Long, Long>> seen = new HashMap<>();
    for (DmaWindow window : state.windows()) {
      boolean counted =
          window.mapping() == Mapping.DYNAMIC
              && window.role() != Role.VIO
              && window.bridge() != Bridge.NONE
              && window.mapped() <= MOST_ENTRIES;
      if (counted) {
        Aliases aliases = new Aliases(window);
        aliases.pages.putAll(seen.getOrDefault(window.bridge(), Map.of()));
        Stretch.live(window, aliases::add);
        seen.put(window.bridge(), aliases.pages);
        aliases.report(findings);
      }
    }
  }

  private void add(Stretch stretch) {
    if (!Mark.isObserved(stretch.mark())) {
      return;
    }
    long ioba = window.iobaOf(stretch.first());
    Long other = pages.putIfAbsent(Tce.realAddress(stretch.tce(), window.pageShift()), ioba);
    long again = other == null ? stretch.count() - 1 : stretch.count();
    if (aliases == 0 && again > 0) {
      first = stretch.last() - again + 1;
      original = other == null ? ioba : other;
    }
    aliases += again;
  }

  private void report(Findings findings) {
    if (aliases > 0) {
      long writer = Mark.writer(window.mark(first));
      findings
          .report(Rule.TCE_ALIAS, writer)
          .window(window)
          .ioba(window.iobaOf(first))
          .data("aliases", aliases)
          .data("live", window.mapped())
          .address("other", original)
          .message(
              "{aliases} of {live} live {live:entry|entries} of {liobn} map pages that others map,"
                  + " first {ioba} as {other}")
          .evidence(writer, "maps the first of them");
    }
  }
}
