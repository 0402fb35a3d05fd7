package io.tcescope.scripting;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * Stops a call into a script that runs too long or allocates too much. One thread watches one
 * script at a time, and only while a call is under way.
 */
final class Watchdog implements AutoCloseable {
  private static final long LOOK_EVERY_MS = 20;

  private final Limits limits;
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final Thread thread;
  private @Nullable Context watched;
  private long call;
  private long caller;
  private volatile boolean closed;
  private volatile @Nullable String verdict;

  Watchdog(Limits limits) {
    this.limits = limits;
    this.thread = Thread.ofPlatform().name("script watchdog").daemon().start(this::watch);
  }

  /** A call begins, on this thread. */
  synchronized void begin(Context context) {
    watched = context;
    caller = Thread.currentThread().threadId();
    verdict = null;
    call++;
  }

  /** The call is over. */
  synchronized void end() {
    watched = null;
  }

  /** Why the last call was stopped, null if it was not. */
  @Nullable String verdict() {
    return verdict;
  }

  private void watch() {
    long seen = 0;
    long started = 0;
    long allocated = 0;
    while (pause()) {
      Context context = null;
      synchronized (this) {
        if (watched == null) {
          continue;
        }
        if (call != seen) {
          seen = call;
          started = System.nanoTime();
          allocated = threads.getThreadAllocatedBytes(caller);
          continue;
        }
        verdict = judge(started, allocated);
        if (verdict != null) {
          context = watched;
          watched = null;
        }
      }
      if (context != null) {
        context.close(true);
      }
    }
  }

  private @Nullable String judge(long started, long allocated) {
    if (System.nanoTime() - started > limits.time().toNanos()) {
      return "stopped: one call took longer than " + limits.time().toMillis() + " ms";
    }
    if (threads.getThreadAllocatedBytes(caller) - allocated > limits.bytes()) {
      return "stopped: one call allocated more than " + (limits.bytes() >> 20) + " MiB";
    }
    return null;
  }

  private boolean pause() {
    try {
      Thread.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      return false;
    }
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
