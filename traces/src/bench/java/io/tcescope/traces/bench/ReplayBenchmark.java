package io.tcescope.traces.bench;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.Observer;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Events decoded, replayed and checked a second, warm, on one thread, by format. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(1)
public class ReplayBenchmark {
  private static final int EVENTS = 1_000_000;
  private static final Observer NOBODY = (event, change, state) -> {};

  @Param({"large.log", "large.bin", "large.ftrace", "large.dat"})
  private String file = "";

  private @Nullable Recordings recordings;
  private @Nullable Trace trace;

  @Setup
  public void generate() throws IOException {
    Recordings made = new Recordings(EVENTS);
    recordings = made;
    trace = made.open(file);
  }

  @TearDown
  public void delete() throws IOException {
    trace().close();
    Objects.requireNonNull(recordings).close();
  }

  private Trace trace() {
    return Objects.requireNonNull(trace);
  }

  private static ReplayOptions options() {
    return ReplayOptions.defaults().withInference(Inference.LINUX);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long decode() {
    TraceReader reader = trace().read(1);
    Event event = new Event();
    long sum = 0;
    while (reader.next(event)) {
      sum += event.ioba() ^ event.tce();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long decodeAndReplay() {
    return Replay.run(trace(), options(), () -> NOBODY).state().events();
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int decodeReplayAndCheck() {
    return Replay.run(trace(), options(), () -> new CheckRunner(trace()))
        .observer()
        .findings()
        .size();
  }
}
