package io.tcescope.traces;

import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.csv.CsvFormat;
import io.tcescope.traces.csv.TableWithoutCalls;
import io.tcescope.traces.dmesg.DmesgFormat;
import io.tcescope.traces.format.ConsecutiveTrace;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.ftrace.FtraceFormat;
import io.tcescope.traces.qemulog.QemuLogFormat;
import io.tcescope.traces.simpletrace.SimpletraceFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens recordings of every supported format, told by their bytes and not by their names. */
public final class Traces {
  private static final String STANDARD_INPUT = "-";

  private Traces() {}

  /** The formats in the order in which they are asked; a new one is one more line here. */
  private static List<Format> formats(TraceOptions options) {
    return List.of(
        new CsvFormat(),
        new SimpletraceFormat(options.simpletraceEvents()),
        new QemuLogFormat(),
        new FtraceFormat(),
        new DmesgFormat(),
        new TableWithoutCalls());
  }

  /**
   * Opens one recording, compressed or not; {@code -} is standard input.
   *
   * @throws UnreadableTraceException if the file is no recording of a known format
   */
  public static Trace open(Path path, TraceOptions options) throws UnreadableTraceException {
    try {
      return open(recording(path, options), formats(options));
    } catch (UnreadableTraceException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableTraceException(path.toString(), reason(e), e);
    }
  }

  /**
   * Opens several recordings of one run: files of one kind are its consecutive parts, in the order
   * given.
   *
   * @throws UnreadableTraceException if a file is no recording of a known format, or of another
   *     kind than the first
   */
  public static Trace openTogether(List<Path> paths, TraceOptions options)
      throws UnreadableTraceException {
    List<Trace> parts = new ArrayList<>();
    boolean opened = false;
    try {
      for (Path path : paths) {
        parts.add(open(path, options));
        requireSameKind(parts.getFirst(), parts.getLast());
      }
      opened = true;
      return parts.size() == 1 ? parts.getFirst() : new ConsecutiveTrace(parts);
    } finally {
      if (!opened) {
        parts.forEach(Trace::close);
      }
    }
  }

  private static void requireSameKind(Trace first, Trace next) throws UnreadableTraceException {
    if (first.source() != next.source()) {
      String kinds = next.source().title() + " beside " + first.source().title();
      throw new UnreadableTraceException(
          next.files().getFirst(), kinds + ": fusing recordings of two kinds is not supported yet");
    }
  }

  private static Trace open(Recording recording, List<Format> formats) throws IOException {
    boolean opened = false;
    try {
      Trace trace = formatOf(recording, formats).open(recording);
      opened = true;
      return trace;
    } finally {
      if (!opened) {
        recording.close();
      }
    }
  }

  private static Format formatOf(Recording recording, List<Format> formats)
      throws UnreadableTraceException {
    for (Format format : formats) {
      if (format.recognises(recording.bytes())) {
        return format;
      }
    }
    throw new UnreadableTraceException(recording.name(), "holds no recording of a known format");
  }

  private static Recording recording(Path path, TraceOptions options) throws IOException {
    Path chosen = options.tempDirectory();
    Path temp = chosen != null ? chosen : Path.of(System.getProperty("java.io.tmpdir"));
    return path.toString().equals(STANDARD_INPUT)
        ? Recording.read(STANDARD_INPUT, System.in, temp)
        : Recording.open(path, temp);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
