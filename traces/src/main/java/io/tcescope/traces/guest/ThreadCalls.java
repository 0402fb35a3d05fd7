package io.tcescope.traces.guest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open calls of every thread: a hash table with open addressing, so that a look-up costs no
 * object.
 */
final class ThreadCalls {
  private long[] keys = new long[64];
  private @Nullable OpenCalls[] calls = new OpenCalls[64];
  private int used;
  private long lastKey;
  private @Nullable OpenCalls last;

  /** The open calls of a thread; the idle task is one thread per processor. */
  OpenCalls of(long thread, int cpu) {
    long key = thread != 0 ? thread : -1L - cpu;
    OpenCalls cached = last;
    if (cached != null && key == lastKey) {
      return cached;
    }
    OpenCalls found = find(key);
    lastKey = key;
    last = found;
    return found;
  }

  private OpenCalls find(long key) {
    int slot = slot(key, keys.length);
    while (true) {
      OpenCalls here = calls[slot];
      if (here == null) {
        return insert(key, new OpenCalls());
      }
      if (keys[slot] == key) {
        return here;
      }
      slot = (slot + 1) & (keys.length - 1);
    }
  }

  private OpenCalls insert(long key, OpenCalls value) {
    if (2 * (used + 1) > keys.length) {
      grow();
    }
    int slot = slot(key, keys.length);
    while (calls[slot] != null) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    calls[slot] = value;
    used++;
    return value;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable OpenCalls[] oldCalls = calls;
    keys = new long[2 * oldKeys.length];
    calls = new OpenCalls[keys.length];
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      OpenCalls value = oldCalls[i];
      if (value != null) {
        insert(oldKeys[i], value);
      }
    }
  }

  private static int slot(long key, int size) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (size - 1);
  }

  /** Every thread is in no call now. */
  void clear() {
    Arrays.fill(calls, null);
    used = 0;
    last = null;
  }

  /** The same, with threads that are in no call left out. */
  ThreadCalls copy() {
    ThreadCalls copy = new ThreadCalls();
    for (int i = 0; i < keys.length; i++) {
      OpenCalls value = calls[i];
      if (value != null && !value.isIdle()) {
        copy.insert(keys[i], value.copy());
      }
    }
    return copy;
  }
}
