package io.tcescope.cli.sweep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Works on many things on all cores, and hands over what comes of each in their order. */
public final class InOrder {
  /** So many are worked on, or wait to be taken, at a time: each may hold a lot of memory. */
  public static final int AHEAD = 2 * Runtime.getRuntime().availableProcessors();

  /** So many parts of one thing wait until it is its turn; then its work waits, too. */
  private static final int PARTS = 1024;

  private InOrder() {}

  /** Takes what comes of one thing, part by part. */
  public interface Parts<O> {
    /** Hands over a part; false if that is enough. */
    boolean add(O part);

    /** False if nobody wants more, of this thing or any. */
    boolean areWanted();

    /** Takes parts of another kind, each of which makes one of these. */
    default <P> Parts<P> madeBy(Function<P, O> whole) {
      Parts<O> these = this;
      return new Parts<>() {
        @Override
        public boolean add(P part) {
          return these.add(whole.apply(part));
        }

        @Override
        public boolean areWanted() {
          return these.areWanted();
        }
      };
    }
  }

  /**
   * What comes of the work goes to {@code taker} on the calling thread. When that says that it has
   * enough, it is still handed what the thing whose turn it is adds until its work is done; no
   * other comes to its turn. One thing alone is worked on by the calling thread.
   */
  static <I, O> void forEach(
      List<I> things, BiConsumer<I, Parts<O>> work, Predicate<? super O> taker) {
    Wish wish = new Wish();
    if (things.size() == 1) {
      work.accept(things.getFirst(), new Direct<>(wish, taker));
      return;
    }
    Deque<Pipe<O>> ahead = new ArrayDeque<>();
    ExecutorService pool = Executors.newFixedThreadPool(AHEAD / 2);
    try {
      for (I thing : things) {
        if (ahead.size() == AHEAD) {
          ahead.remove().drain(taker);
        }
        if (!wish.lasts) {
          return;
        }
        ahead.add(new Pipe<O>(wish).filledBy(pool, parts -> work.accept(thing, parts)));
      }
      while (!ahead.isEmpty() && wish.lasts) {
        ahead.remove().drain(taker);
      }
    } finally {
      wish.lasts = false;
      pool.shutdownNow();
    }
  }

  /** Whether more is wanted. */
  private static final class Wish {
    volatile boolean lasts = true;
  }

  private record Direct<O>(Wish wish, Predicate<? super O> taker) implements Parts<O> {
    @Override
    public boolean add(O part) {
      wish.lasts &= taker.test(part);
      return wish.lasts;
    }

    @Override
    public boolean areWanted() {
      return wish.lasts;
    }
  }

  /** What comes of one thing on its way to the taker. */
  private static final class Pipe<O> implements Parts<O> {
    private final BlockingQueue<Optional<O>> parts = new ArrayBlockingQueue<>(PARTS);
    private final Wish wish;
    private Future<?> work = CompletableFuture.completedFuture(null);

    Pipe(Wish wish) {
      this.wish = wish;
    }

    Pipe<O> filledBy(ExecutorService pool, Consumer<Parts<O>> filling) {
      work =
          pool.submit(
              () -> {
                try {
                  filling.accept(this);
                } finally {
                  put(Optional.empty());
                }
              });
      return this;
    }

    @Override
    public boolean add(O part) {
      put(Optional.of(part));
      return wish.lasts;
    }

    private void put(Optional<O> part) {
      try {
        parts.put(part);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody takes any more
      }
    }

    @Override
    public boolean areWanted() {
      return wish.lasts;
    }

    void drain(Predicate<? super O> taker) {
      try {
        for (var part = parts.take(); part.isPresent(); part = parts.take()) {
          wish.lasts &= taker.test(part.get());
        }
        work.get();
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
}
