package io.tcescope.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Decoding ahead hands over every event, once and in order, whichever thread is faster. */
class EventStreamTest {
  /** More than the rows that are under way at once, so that rows are reused; no whole batches. */
  private static final long EVENTS = 11 * 2048 + 17;

  private static final int REPETITIONS = 300;

  @Test
  void noEventIsLostWhenTheDecoderReusesTheRowsOfTheLastBatch() {
    for (int i = 0; i < REPETITIONS; i++) {
      AtomicLong seen = new AtomicLong();
      EventStream.ahead(
          new Counting(EVENTS),
          event -> {
            assertThat(event.ordinal()).isEqualTo(seen.incrementAndGet());
            return true;
          },
          position -> {});
      assertThat(seen).as("repetition %d", i).hasValue(EVENTS);
    }
  }

  /** Events that carry nothing but their number. */
  private static final class Counting implements TraceReader {
    private final long last;
    private long ordinal;

    Counting(long last) {
      this.last = last;
    }

    @Override
    public boolean next(Event event) {
      if (ordinal == last) {
        return false;
      }
      ordinal++;
      event.begin(ordinal, ordinal);
      return true;
    }

    @Override
    public long position() {
      return ordinal;
    }

    @Override
    public TraceHealth health() {
      return new TraceHealth();
    }
  }
}
