package io.tcescope.traces.guest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The functions one thread is in, innermost last. Probes can be lost, so a function may be left
 * without a sign; the stack forgets its oldest entries rather than grow.
 */
final class OpenCalls {
  private static final int DEEPEST = 16;

  static final long NO_CALL = Long.MIN_VALUE;

  private OpenCall[] calls = {};
  private int depth;

  /** The table that the thread is setting up, 0 if none. */
  long initialising;

  /** Page size that the thread last asked a window for, 0 if it did not. */
  int askedShift;

  /** The bridge of that window, 0 if not told. */
  long askedBuid;

  /** Opcode of the hypervisor call that the thread was seen to enter last, and not to leave. */
  long entered = NO_CALL;

  OpenCalls() {}

  private OpenCalls(OpenCalls other) {
    calls = new OpenCall[other.depth];
    for (int i = 0; i < other.depth; i++) {
      calls[i] = new OpenCall();
      calls[i].copyFrom(other.calls[i]);
    }
    depth = other.depth;
    initialising = other.initialising;
    askedShift = other.askedShift;
    askedBuid = other.askedBuid;
    entered = other.entered;
  }

  OpenCalls copy() {
    return new OpenCalls(this);
  }

  boolean isIdle() {
    return depth == 0 && initialising == 0 && askedShift == 0 && entered == NO_CALL;
  }

  /** A place for a function that is being entered; its contents are those of an earlier one. */
  OpenCall push() {
    if (depth == DEEPEST) {
      OpenCall oldest = calls[0];
      System.arraycopy(calls, 1, calls, 0, DEEPEST - 1);
      calls[DEEPEST - 1] = oldest;
      return oldest;
    }
    if (depth == calls.length) {
      calls = Arrays.copyOf(calls, depth + 2);
      calls[depth] = new OpenCall();
      calls[depth + 1] = new OpenCall();
    }
    return calls[depth++];
  }

  /** The innermost function, null if the thread is in none. */
  @Nullable OpenCall top() {
    return depth == 0 ? null : calls[depth - 1];
  }

  /**
   * Leaves a function and all that it called. Null if the thread was not in it. The result is valid
   * until the next {@link #push}.
   */
  @Nullable OpenCall pop(GuestFunction function) {
    for (int i = depth - 1; i >= 0; i--) {
      if (calls[i].function == function) {
        depth = i;
        return calls[i];
      }
    }
    return null;
  }

  /** The innermost call of that function, null if there is none. */
  @Nullable OpenCall find(GuestFunction function) {
    for (int i = depth - 1; i >= 0; i--) {
      if (calls[i].function == function) {
        return calls[i];
      }
    }
    return null;
  }

  void popTop() {
    depth--;
  }

  /** What functions the thread is in is not known any more. */
  void clear() {
    depth = 0;
  }
}
