package io.tcescope.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Works on many things on all cores, and hands over what came of each in their order. */
final class InOrder {
  /** So many are worked on, or wait to be taken, at a time: each may hold a lot of memory. */
  static final int AHEAD = 2 * Runtime.getRuntime().availableProcessors();

  private InOrder() {}

  /** What came of the work goes to {@code taker} on the calling thread, and is forgotten then. */
  static <I, O> void forEach(List<I> things, Function<I, O> work, Consumer<O> taker) {
    Deque<Future<O>> ahead = new ArrayDeque<>();
    ExecutorService pool = Executors.newFixedThreadPool(AHEAD / 2);
    try {
      for (I thing : things) {
        if (ahead.size() == AHEAD) {
          taker.accept(result(ahead.remove()));
        }
        ahead.add(pool.submit(() -> work.apply(thing)));
      }
      while (!ahead.isEmpty()) {
        taker.accept(result(ahead.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static <O> O result(Future<O> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
