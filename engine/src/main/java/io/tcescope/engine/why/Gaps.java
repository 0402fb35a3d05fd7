package io.tcescope.engine.why;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.EventKind;
import io.tcescope.engine.event.Suppressed;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which recorders left something out, so that what they count is the least there was. */
final class Gaps {
  private final Set<Integer> ofAnything = new HashSet<>();
  private final Set<Integer> ofAllocations = new HashSet<>();
  private final Set<Integer> ofCalls = new HashSet<>();

  void note(Event event, int recorder) {
    if (event.kind() == EventKind.LOST) {
      ofAnything.add(recorder);
    }
    if (Suppressed.isOfAllocations(event)) {
      ofAllocations.add(recorder);
    }
    if (Suppressed.isOfCalls(event)) {
      ofCalls.add(recorder);
    }
  }

  /** True if no recorder that saw the most of such trouble is known to have seen all of it. */
  boolean isLeast(SymptomKind kind, Map<Integer, Long> counts) {
    long most = most(counts);
    return most > 0
        && counts.entrySet().stream()
            .filter(count -> count.getValue() == most)
            .allMatch(count -> leavesOut(kind, count.getKey()));
  }

  private boolean leavesOut(SymptomKind kind, int recorder) {
    boolean alike =
        switch (kind) {
          case ALLOC_FAILED -> ofAllocations.contains(recorder);
          case PUT_FAILED -> ofCalls.contains(recorder);
          case EEH_FREEZE,
              DMA_FAULT,
              NETDEV_WATCHDOG,
              TX_HANG,
              NOT_ADDRESSABLE,
              DDW_MAP_FAILED,
              PERM0_ACCESS ->
              false;
        };
    return alike || ofAnything.contains(recorder);
  }

  /** What the recorder counts that saw most. */
  static long most(Map<Integer, Long> byRecorder) {
    return byRecorder.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
