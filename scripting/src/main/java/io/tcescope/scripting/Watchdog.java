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

  /** A machine may be so busy that a call waits for this many times the time it works. */
  private static final int PATIENCE = 20;

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
    Used before = new Used(0, 0, 0);
    while (pause()) {
      Context context = null;
      synchronized (this) {
        if (watched == null) {
          continue;
        }
        if (call != seen) {
          seen = call;
          before = used();
          continue;
        }
        verdict = judge(before, used());
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

  /** What the calling thread has used up by now. */
  private record Used(long wall, long processor, long bytes) {}

  private Used used() {
    return new Used(
        System.nanoTime(),
        threads.getThreadCpuTime(caller),
        threads.getThreadAllocatedBytes(caller));
  }

  private @Nullable String judge(Used before, Used now) {
    long longest = limits.time().toNanos();
    if (now.processor() - before.processor() > longest
        || now.wall() - before.wall() > longest * PATIENCE) {
      return "stopped: one call took longer than " + limits.time().toMillis() + " ms";
    }
    if (now.bytes() - before.bytes() > limits.bytes()) {
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
