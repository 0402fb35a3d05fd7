package io.tcescope.traces.fusion;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.HypervisorCall.WindowCall;
import java.util.HashMap;
import java.util.Map;

/**
 * What calls on windows gave back, where one recording leaves it out and another tells it: before
 * Linux 6.5 a tracer sees the arguments of RTAS calls only, and the kernel prints the rest.
 */
final class Outputs {
  private final Map<Long, WindowCall> calls = new HashMap<>();

  /** The main recording's record of that ordinal is the call that another recording tells so. */
  void tell(long ordinal, WindowCall call) {
    calls.put(ordinal, call);
  }

  /** Writes into a record of a window call what it does not hold itself. */
  void fill(Event event) {
    WindowCall call = calls.get(event.ordinal());
    if (call == null) {
      return;
    }
    int missing = call.fields() & ~event.fields();
    fillWindow(event, call, missing);
    fillOffer(event, call, missing);
  }

  /** Of the window that was made. */
  private static void fillWindow(Event event, WindowCall call, int missing) {
    if ((missing & Event.LIOBN) != 0) {
      event.withLiobn(call.liobn());
    }
    if ((missing & Event.START) != 0) {
      event.withStart(call.start());
    }
    if ((missing & Event.PAGE_SHIFT) != 0) {
      event.withPageShift(call.pageShift());
    }
    if ((missing & Event.ENTRIES) != 0) {
      event.withEntries(call.entries());
    }
    if ((missing & Event.SIZE) != 0) {
      event.withSize(call.size());
    }
  }

  /** Of the windows that could be made. */
  private static void fillOffer(Event event, WindowCall call, int missing) {
    if ((missing & Event.AVAILABLE) != 0) {
      event.withAvailable(call.available());
    }
    if ((missing & Event.LARGEST_BLOCK) != 0) {
      event.withLargestBlock(call.largestBlock());
    }
    if ((missing & Event.PAGE_MASK) != 0) {
      event.withPageMask(call.pageMask());
    }
  }
}
