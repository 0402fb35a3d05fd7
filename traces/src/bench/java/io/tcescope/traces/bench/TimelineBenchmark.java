package io.tcescope.traces.bench;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.replay.Timeline;
import io.tcescope.engine.state.IommuState;
import java.io.IOException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A jump to a random event of a long recording, warm: the line {@code p0.50} of the result is the
 * median. The time to open (one replay with snapshots) is printed once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class TimelineBenchmark {
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Param("10000000")
  private long events;

  private final SplittableRandom random = new SplittableRandom(1);
  private @Nullable Recordings recordings;
  private @Nullable Trace trace;
  private @Nullable Timeline timeline;

  @Setup
  public void open() throws IOException {
    Recordings made = new Recordings(events);
    recordings = made;
    Trace opened = made.open("large.log");
    trace = opened;
    long begin = System.nanoTime();
    ReplayOptions options = ReplayOptions.defaults().withInference(Inference.LINUX);
    timeline = Replay.run(opened, options, () -> new Timeline(opened)).observer();
    long millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    System.out.println("opened " + events + " events in " + millis + " ms");
  }

  @TearDown
  public void delete() throws IOException {
    Objects.requireNonNull(trace).close();
    Objects.requireNonNull(recordings).close();
  }

  @Benchmark
  public IommuState after() {
    return Objects.requireNonNull(timeline).after(1 + random.nextLong(events));
  }
}
