package io.tcescope.traces;

import io.tcescope.traces.custom.LineFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a recording does not say itself.
 *
 * @param simpletraceEvents the {@code trace-events} list of the QEMU build that wrote a simpletrace
 *     of version 2 or 3, which hold event numbers without names; null if not needed
 * @param lineFormat what the lines of a text in a format of the user's own mean; null if none is
 */
public record TraceOptions(@Nullable Path simpletraceEvents, @Nullable LineFormat lineFormat) {
  /** Nothing known beyond the recording. */
  public static final TraceOptions NONE = new TraceOptions(null, null);

  public TraceOptions withSimpletraceEvents(Path list) {
    return new TraceOptions(list, lineFormat);
  }

  public TraceOptions withLineFormat(LineFormat format) {
    return new TraceOptions(simpletraceEvents, format);
  }
}
