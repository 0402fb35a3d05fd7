package io.tcescope.traces.bench;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.made.GenerateRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A generated recording in a folder of its own, which goes when it is closed. */
final class Recordings implements AutoCloseable {
  private static final long SEED = 1;

  private final Path folder;

  Recordings(long events) throws IOException {
    folder = Files.createTempDirectory("tcescope-bench");
    GenerateRecording.write(SEED, events, folder);
  }

  Trace open(String file) throws IOException {
    return Traces.open(folder.resolve(file), TraceOptions.NONE);
  }

  @Override
  public void close() throws IOException {
    for (String name : List.of("large.log", "large.bin", "large.truth")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }
}
