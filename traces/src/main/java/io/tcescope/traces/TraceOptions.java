package io.tcescope.traces;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a recording does not say itself.
 *
 * @param simpletraceEvents the {@code trace-events} list of the QEMU build that wrote a simpletrace
 *     of version 2 or 3, which hold event numbers without names; null if not needed
 * @param tempDirectory where large compressed recordings are unpacked; null for the system's place
 */
public record TraceOptions(@Nullable Path simpletraceEvents, @Nullable Path tempDirectory) {
  /** Nothing known beyond the recording. */
  public static final TraceOptions NONE = new TraceOptions(null, null);

  public TraceOptions withSimpletraceEvents(Path list) {
    return new TraceOptions(list, tempDirectory);
  }

  public TraceOptions withTempDirectory(Path directory) {
    return new TraceOptions(simpletraceEvents, directory);
  }
}
