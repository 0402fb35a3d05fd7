package io.tcescope.engine.replay;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceReader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands the events of a reader to a consumer, decoding on this thread or ahead on another. */
final class EventStream {
  private static final int BATCH = 2048;
  private static final int BATCHES = 12;
  private static final int EVENTS_PER_REPORT = 1 << 18;

  /** Reused rows on their way from the decoder to the replay and back. */
  private static final class Batch {
    final Event[] events = new Event[BATCH];
    int length;
    long position;
    @Nullable Throwable failure;

    Batch() {
      java.util.Arrays.setAll(events, i -> new Event());
    }

    boolean isLast() {
      return length < BATCH;
    }
  }

  private EventStream() {}

  /** False if the consumer wanted no more. */
  static boolean onThisThread(
      TraceReader reader, Predicate<Event> consumer, LongConsumer progress) {
    Event event = new Event();
    int untilReport = EVENTS_PER_REPORT;
    while (reader.next(event)) {
      if (!consumer.test(event)) {
        return false;
      }
      if (--untilReport == 0) {
        untilReport = EVENTS_PER_REPORT;
        progress.accept(reader.position());
      }
    }
    progress.accept(reader.position());
    return true;
  }

  /** The same with a second thread that reads; the reader is at rest when this returns. */
  static boolean ahead(TraceReader reader, Predicate<Event> consumer, LongConsumer progress) {
    BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(BATCHES);
    BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES);
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new Batch());
    }
    Thread decoder =
        Thread.ofPlatform().name("decoder").daemon().start(() -> decode(reader, empty, full));
    try {
      return consume(empty, full, consumer, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayInterruptedException();
    } finally {
      decoder.interrupt();
    }
  }

  private static boolean consume(
      BlockingQueue<Batch> empty,
      BlockingQueue<Batch> full,
      Predicate<Event> consumer,
      LongConsumer progress)
      throws InterruptedException {
    while (true) {
      Batch batch = full.take();
      for (int i = 0; i < batch.length; i++) {
        if (!consumer.test(batch.events[i])) {
          return false;
        }
      }
      rethrow(batch.failure);
      progress.accept(batch.position);
      if (batch.isLast()) {
        return true;
      }
      empty.put(batch);
    }
  }

  private static void decode(
      TraceReader reader, BlockingQueue<Batch> empty, BlockingQueue<Batch> full) {
    try {
      Batch batch;
      do {
        batch = empty.take();
        fill(reader, batch);
        full.put(batch);
      } while (!batch.isLast());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the replay is over
    }
  }

  private static void fill(TraceReader reader, Batch batch) {
    int length = 0;
    try {
      while (length < BATCH && reader.next(batch.events[length])) {
        length++;
      }
    } catch (RuntimeException | Error e) {
      batch.failure = e; // the replay's thread reports it
    }
    batch.length = length;
    batch.position = reader.position();
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }
}
