package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A recording four times as long costs four times the work, whatever happens in it. Work is counted
 * and not timed: events read (a check that explains something reads again) and bytes allocated.
 */
final class GrowthTest {
  private static final int ROUNDS = 3_000;
  private static final int TIMES = 4;

  /** What grows with the square is above this by far at four times the length. */
  private static final double MOST_GROWTH = 1.5 * TIMES;

  /** What checking a recording takes. */
  private record Work(long eventsRead, long bytesAllocated) {
    static Work of(StrangeRun run, int rounds) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      AtomicLong eventsRead = new AtomicLong();
      try (Trace trace = new Relayed(run.open(rounds), event -> eventsRead.incrementAndGet())) {
        long before = threads.getCurrentThreadAllocatedBytes();
        Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return new Work(eventsRead.get(), allocated);
      }
    }
  }

  static List<StrangeRun> runs() {
    return StrangeRun.all();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void workGrowsWithTheLengthOfTheRecordingAndNotWithItsSquare(StrangeRun run) {
    Work.of(run, ROUNDS / TIMES);
    Work once = Work.of(run, ROUNDS);
    Work longer = Work.of(run, ROUNDS * TIMES);
    assertThat((double) longer.eventsRead)
        .as("events read: %s, %s", once, longer)
        .isLessThan(once.eventsRead * MOST_GROWTH);
    assertThat((double) longer.bytesAllocated)
        .as("bytes allocated: %s, %s", once, longer)
        .isLessThan(once.bytesAllocated * MOST_GROWTH);
  }
}
