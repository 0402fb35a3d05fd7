package io.tcescope.traces.simpletrace;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.UnreadableRecordingException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Recognises QEMU's binary trace by its magic number. */
public final class SimpletraceFormat implements Format {
  private final @Nullable Path eventsList;

  /** With the events list of the build, for recordings that hold numbers without names. */
  public SimpletraceFormat(@Nullable Path eventsList) {
    this.eventsList = eventsList;
  }

  @Override
  public boolean recognises(MemorySegment bytes) {
    return FileHeader.of(bytes) != null;
  }

  @Override
  public Trace open(Recording recording) throws UnreadableRecordingException {
    FileHeader header = FileHeader.of(recording.bytes());
    if (header == null || !header.isSupported()) {
      throw new UnreadableRecordingException(
          "simpletrace version "
              + (header == null ? "?" : header.version())
              + " is not supported, versions 2 to 4 are");
    }
    SimpletraceTrace trace = new SimpletraceTrace(recording, header, ids(header));
    trace.learnLeadingNames();
    return trace;
  }

  private EventIds ids(FileHeader header) throws UnreadableRecordingException {
    if (header.namesEvents()) {
      return new EventIds();
    }
    if (eventsList == null) {
      throw new UnreadableRecordingException(
          "simpletrace version "
              + header.version()
              + " holds event numbers without names: the trace-events list of the QEMU build that"
              + " wrote it is needed");
    }
    try {
      return EventsList.read(eventsList);
    } catch (IOException e) {
      throw new UnreadableRecordingException("events list: " + e.getMessage());
    }
  }
}
