package io.tcescope.cli.input;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Inference;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.Machine;
import io.tcescope.engine.state.Platform;
import io.tcescope.queries.index.Case;
import io.tcescope.queries.index.Recordings;
import io.tcescope.traces.RepeatedTraceException;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.UnreadableTraceException;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a recording does not say itself, and how to read it: the options all commands share. */
@Command
public final class RunOptions {

  @Option(
      names = "--platform",
      paramLabel = "WHO",
      description = "Who keeps the tables: qemu, kvm or powervm. Default: told by the recording.")
  private @Nullable Platform platform;

  @Option(
      names = "--ram",
      paramLabel = "BYTES",
      description = "Memory present at the start, such as 2G or 0x80000000.")
  private @Nullable String ram;

  @Option(
      names = "--maxmem",
      paramLabel = "BYTES",
      description = "Where hot-pluggable memory ends.")
  private @Nullable String maxmem;

  @Option(
      names = "--mmio32",
      paramLabel = "START..END",
      description = "Bus range of 32-bit MMIO, such as 0x80000000..0x100000000 (end exclusive).")
  private @Nullable String mmio32;

  @Option(
      names = "--windows-per-pe",
      paramLabel = "N",
      description =
          "How many windows a PE may have at once: a query that tells of as many finds none, and"
              + " PowerVM keeps old entries over a reset only where it is one.")
  private @Nullable String windowsPerPe;

  @Option(
      names = "--devicetree",
      paramLabel = "FILE",
      description = "The guest's DMA properties, a line of PATH/PROPERTY: WORDS each.")
  private @Nullable Path deviceTree;

  @Option(
      names = "--qtree",
      paramLabel = "FILE",
      description = "QEMU's 'info qtree' and 'info mtree': memory, MMIO, default windows.")
  private @Nullable Path qtree;

  @Option(
      names = "--infer",
      paramLabel = "HOW",
      description =
          "Complete lists of which one value is recorded, as Linux writes them: auto (if the guest"
              + " behaves like Linux), linux, none. Default: auto.")
  private Inference infer = Inference.AUTO;

  @Option(
      names = "--events-list",
      paramLabel = "FILE",
      description =
          "The trace-events-all file of the QEMU build that wrote a simpletrace of version 2 or 3.")
  private @Nullable Path eventsList;

  @Option(
      names = "--line-format",
      paramLabel = "FILE",
      description =
          "What the lines of a text of your own mean, in JSON: patterns with {column} where a value"
              + " of the neutral CSV stands, and samples that try them out.")
  private @Nullable Path lineFormat;

  /** Opens one run: several files are parts of it. */
  public Trace open(List<Path> files) throws UnreadableTraceException {
    TraceFiles.requireOneStandardInput(files);
    TraceOptions options = TraceOptions.NONE;
    if (eventsList != null) {
      if (!Files.isReadable(eventsList)) { // a recording may need none, and nobody would look
        throw new UsageException(eventsList + ": no such file (--events-list)");
      }
      options = options.withSimpletraceEvents(eventsList);
    }
    if (lineFormat != null) {
      options = options.withLineFormat(LineFormatFile.read(lineFormat));
    }
    try {
      return files.size() == 1
          ? Traces.open(files.getFirst(), options)
          : Traces.openTogether(files, options);
    } catch (RepeatedTraceException e) {
      throw new UsageException(Objects.toString(e.getMessage()));
    } catch (UnreadableTraceException e) {
      if (Case.isCase(Path.of(e.file()))) {
        throw new UsageException(e.file() + ": is a case; name a recording here");
      }
      throw e.getCause() instanceof FileSystemException trouble
          ? new UnreadableTraceException(e.file(), Trouble.of(trouble), trouble)
          : e;
    }
  }

  /** Opens each recording of a case as these options say. */
  public Recordings recordings() {
    return path -> open(List.of(path));
  }

  /** What was given, a line {@code option=value} each; {@link #of} understands it. */
  public String given() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("platform", platform);
    values.put("ram", ram);
    values.put("maxmem", maxmem);
    values.put("mmio32", mmio32);
    values.put("windows-per-pe", windowsPerPe);
    values.put("devicetree", deviceTree == null ? null : deviceTree.toAbsolutePath());
    values.put("qtree", qtree == null ? null : qtree.toAbsolutePath());
    values.put("infer", infer == Inference.AUTO ? null : infer);
    values.put("events-list", eventsList == null ? null : eventsList.toAbsolutePath());
    values.put("line-format", lineFormat == null ? null : lineFormat.toAbsolutePath());
    StringBuilder lines = new StringBuilder();
    values.forEach(
        (option, value) -> {
          if (value != null) {
            lines.append(option).append('=').append(value).append('\n');
          }
        });
    return lines.toString();
  }

  /** The files that were given beside the recording. */
  public List<Path> files() {
    return Stream.of(deviceTree, qtree, eventsList, lineFormat)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** True if nothing was given that others, as {@link #given} tells them, do not say too. */
  public boolean agreesWith(String others) {
    return given().isEmpty() || given().equals(others);
  }

  /** Options as {@link #given} tells them. */
  public static RunOptions of(String lines) {
    RunOptions options = new RunOptions();
    String[] arguments = lines.lines().map(line -> "--" + line).toArray(String[]::new);
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return options;
  }

  /** How to replay a run; a fresh one each time, for a recording may add facts of its own. */
  public ReplayOptions replay() {
    return new ReplayOptions(
        Optional.ofNullable(platform), infer, machine(), false, bytesDone -> {});
  }

  private Machine machine() {
    Machine machine = new Machine();
    if (deviceTree != null && !MachineFiles.deviceTree(lines(deviceTree), machine)) {
      throw new UsageException(deviceTree + ": tells of no DMA window (--devicetree)");
    }
    if (qtree != null && !MachineFiles.qtree(lines(qtree), machine)) {
      throw new UsageException(qtree + ": tells nothing of memory or windows (--qtree)");
    }
    fact(machine, "ram", ram);
    fact(machine, "maxmem", maxmem);
    fact(machine, "mmio32", mmio32);
    fact(machine, "windows-per-pe", windowsPerPe);
    return machine;
  }

  private static void fact(Machine machine, String name, @Nullable String value) {
    if (value != null && !machine.accept(name + "=" + value)) {
      throw new UsageException("--" + name + " " + value + ": not understood");
    }
  }

  private static List<String> lines(Path file) {
    try {
      return SideFile.lines(file);
    } catch (IOException e) {
      throw new UsageException(file + ": " + Trouble.of(e));
    }
  }
}
