package io.tcescope.traces.fusion;

import io.tcescope.engine.event.HcallStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls on windows that two recordings beside the main one tell of, and it does not: it had ended,
 * or not begun. They are one call all the same.
 */
final class Echoes {
  /** What a call on windows is, in words that every recorder of it has. */
  private record Look(long key, boolean done, long size) {
    static Look of(Calls calls, int call) {
      boolean done = calls.status[call] == HcallStatus.H_SUCCESS;
      return new Look(calls.key[call], done, calls.pages[call]);
    }
  }

  private final Witness here;
  private final Witness there;
  private final Map<Look, Deque<Integer>> theirs = new HashMap<>();

  Echoes(Witness here, Witness there) {
    this.here = here;
    this.there = there;
    there
        .onlyThere()
        .forEach(
            call ->
                theirs
                    .computeIfAbsent(Look.of(there.survey.calls, call), look -> new ArrayDeque<>())
                    .add(call));
  }

  /** True if the other one tells of that call, too; asked for each call once, in order. */
  boolean isEcho(int call) {
    Deque<Integer> alike = theirs.get(Look.of(here.survey.calls, call));
    while (alike != null && !alike.isEmpty() && laterBy(call, alike.getFirst()) >= -near()) {
      if (laterBy(call, alike.removeFirst()) <= near()) {
        return true;
      }
    }
    return false;
  }

  private long laterBy(int call, int other) {
    return here.timeOf(call) - there.timeOf(other);
  }

  /** Without times their order is all there is. */
  private long near() {
    boolean timed = here.survey.stamped && there.survey.stamped;
    return timed ? Pairing.FARTHEST : Long.MAX_VALUE;
  }
}
