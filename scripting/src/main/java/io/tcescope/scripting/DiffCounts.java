package io.tcescope.scripting;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.event.Tce;
import io.tcescope.engine.state.IommuState;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.StateDiff;

/** How many entries differ between two moments, for scripts. */
final class DiffCounts {
  private long added;
  private long cleared;
  private long changed;

  private DiffCounts() {}

  /** Entries that became live, ceased to be live, and live ones that got another value. */
  static Object[] between(IommuState before, IommuState after, String liobn) {
    DiffCounts counts = new DiffCounts();
    for (StateDiff.Changed window : StateDiff.between(before, after).changed()) {
      if (liobn.isEmpty() || Hex.parse(liobn) == window.after().liobn()) {
        window.runs().forEach(counts::add);
      }
    }
    return new Object[] {(double) counts.added, (double) counts.cleared, (double) counts.changed};
  }

  private void add(StateDiff.ChangedRun run) {
    boolean was = isLive(run.before());
    boolean is = isLive(run.after());
    long count = run.last() - run.first() + 1;
    if (was && is) {
      changed += count;
    } else if (is) {
      added += count;
    } else if (was) {
      cleared += count;
    }
  }

  private static boolean isLive(Run run) {
    return !run.knowledge().isUnknown() && Tce.isMapped(run.tce());
  }
}
