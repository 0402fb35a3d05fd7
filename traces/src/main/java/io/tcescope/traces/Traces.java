package io.tcescope.traces;

import io.tcescope.engine.event.SourceKind;
import io.tcescope.engine.event.Trace;
import io.tcescope.traces.bytes.Recording;
import io.tcescope.traces.csv.CsvFormat;
import io.tcescope.traces.csv.TableWithoutCalls;
import io.tcescope.traces.custom.CustomFormat;
import io.tcescope.traces.custom.LineFormat;
import io.tcescope.traces.dmesg.DmesgFormat;
import io.tcescope.traces.dmesg.SpreadLog;
import io.tcescope.traces.format.Format;
import io.tcescope.traces.format.TarArchive;
import io.tcescope.traces.ftrace.FtraceFormat;
import io.tcescope.traces.fusion.Fusion;
import io.tcescope.traces.parts.Parts;
import io.tcescope.traces.qemulog.QemuLogFormat;
import io.tcescope.traces.simpletrace.SimpletraceFormat;
import io.tcescope.traces.tracedat.TraceDatFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens recordings of every supported format, told by their bytes and not by their names. */
public final class Traces {
  private static final String STANDARD_INPUT = "-";

  private Traces() {}

  /** The formats in the order in which they are asked; a new one is one more line here. */
  private static List<Format> formats(TraceOptions options) {
    List<Format> formats = new ArrayList<>();
    LineFormat custom = options.lineFormat();
    if (custom != null) {
      formats.add(new CustomFormat(custom));
    }
    formats.add(new TarArchive());
    formats.add(new CsvFormat());
    formats.add(new SimpletraceFormat(options.simpletraceEvents()));
    formats.add(new TraceDatFormat());
    formats.add(new QemuLogFormat());
    formats.add(new FtraceFormat());
    formats.add(new SpreadLog());
    formats.add(new DmesgFormat());
    formats.add(new TableWithoutCalls());
    return formats;
  }

  /**
   * Opens one recording, compressed or not; {@code -} is standard input.
   *
   * @throws UnreadableTraceException if the file is no recording of a known format
   */
  public static Trace open(Path path, TraceOptions options) throws UnreadableTraceException {
    return open(recording(path), path, options);
  }

  /**
   * Opens several recordings of one run: files of one kind are its parts, in the order of their
   * times or, without times, as given; recordings of different kinds are put on one time line.
   *
   * @throws UnreadableTraceException if a file is no recording of a known format
   * @throws RepeatedTraceException if two of them are the same recording
   */
  public static Trace openTogether(List<Path> paths, TraceOptions options)
      throws UnreadableTraceException, RepeatedTraceException {
    Map<SourceKind, List<Trace>> parts = new LinkedHashMap<>();
    boolean opened = false;
    try {
      List<Recording> recordings = new ArrayList<>();
      for (Path path : paths) {
        Recording recording = recording(path);
        Trace part = open(recording, path, options);
        parts.computeIfAbsent(part.source(), kind -> new ArrayList<>()).add(part);
        RepeatedTraceException.refuse(recording, recordings);
        recordings.add(recording);
      }
      List<Trace> kinds = parts.values().stream().map(Traces::asOne).toList();
      Trace trace = kinds.size() == 1 ? kinds.getFirst() : Fusion.of(kinds);
      opened = true;
      return trace;
    } finally {
      if (!opened) {
        parts.values().forEach(kind -> kind.forEach(Trace::close));
      }
    }
  }

  private static Trace asOne(List<Trace> parts) {
    return parts.size() == 1 ? parts.getFirst() : Parts.of(parts);
  }

  private static Trace open(Recording recording, Path path, TraceOptions options)
      throws UnreadableTraceException {
    boolean opened = false;
    try {
      Trace trace = formatOf(recording, formats(options)).open(recording);
      opened = true;
      return trace;
    } catch (UnreadableTraceException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableTraceException(path.toString(), reason(e), e);
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

  private static Recording recording(Path path) throws UnreadableTraceException {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return path.toString().equals(STANDARD_INPUT)
          ? Recording.read(STANDARD_INPUT, System.in, temp)
          : Recording.open(path, temp);
    } catch (IOException e) {
      throw new UnreadableTraceException(path.toString(), reason(e), e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
