package io.tcescope.traces.bench;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.made.GenerateRecording;
import io.tcescope.traces.tracedat.GenerateGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Generated recordings in a folder of their own, which goes when they are closed. */
final class Recordings implements AutoCloseable {
  private static final long SEED = 1;
  private static final List<String> GUEST = List.of("large.ftrace", "large.dat");

  private final Path folder;
  private final long events;

  Recordings(long events) throws IOException {
    this.events = events;
    folder = Files.createTempDirectory("tcescope-bench");
  }

  /** Opens one of them: the host's as text or binary, or the guest's. */
  Trace open(String file) throws IOException {
    if (GUEST.contains(file)) {
      GenerateGuest.write(SEED, events, folder);
    } else {
      GenerateRecording.write(SEED, events, folder);
    }
    return Traces.open(folder.resolve(file), TraceOptions.NONE);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
