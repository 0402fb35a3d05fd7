package io.tcescope.traces.bench;

import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.made.GenerateRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Events decoded a second, warm, on one thread, by format. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(1)
public class DecodeBenchmark {
  private static final int EVENTS = 1_000_000;

  @Param({"large.log", "large.bin"})
  private String file = "";

  private @Nullable Path folder;
  private @Nullable Trace trace;

  @Setup
  public void generate() throws IOException {
    Path made = Files.createTempDirectory("tcescope-bench");
    GenerateRecording.write(1, EVENTS, made);
    folder = made;
    trace = Traces.open(made.resolve(file), TraceOptions.NONE);
  }

  @TearDown
  public void delete() throws IOException {
    Path made = Objects.requireNonNull(folder);
    Objects.requireNonNull(trace).close();
    for (String name : new String[] {"large.log", "large.bin", "large.truth"}) {
      Files.delete(made.resolve(name));
    }
    Files.delete(made);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long decode() {
    TraceReader reader = Objects.requireNonNull(trace).read(1);
    Event event = new Event();
    long sum = 0;
    while (reader.next(event)) {
      sum += event.ioba() ^ event.tce();
    }
    return sum;
  }
}
