package io.tcescope.traces.made;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceHealth;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
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
      try (Counted trace = new Counted(run.open(rounds))) {
        long before = threads.getCurrentThreadAllocatedBytes();
        Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace));
        return new Work(trace.eventsRead, threads.getCurrentThreadAllocatedBytes() - before);
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

  /** A recording that counts the events read from it. */
  private static final class Counted implements Trace {
    private final Trace trace;
    private long eventsRead;

    Counted(Trace trace) {
      this.trace = trace;
    }

    @Override
    public SourceKind source() {
      return trace.source();
    }

    @Override
    public Set<SourceKind> sources() {
      return trace.sources();
    }

    @Override
    public boolean tellsTables() {
      return trace.tellsTables();
    }

    @Override
    public List<String> files() {
      return trace.files();
    }

    @Override
    public long bytes() {
      return trace.bytes();
    }

    @Override
    public TraceReader read(long first) {
      TraceReader reader = trace.read(first);
      return new TraceReader() {
        @Override
        public boolean next(Event event) {
          eventsRead++;
          return reader.next(event);
        }

        @Override
        public long position() {
          return reader.position();
        }

        @Override
        public TraceHealth health() {
          return reader.health();
        }
      };
    }

    @Override
    public void close() {
      trace.close();
    }
  }
}
