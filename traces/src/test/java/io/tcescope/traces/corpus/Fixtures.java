package io.tcescope.traces.corpus;

import io.tcescope.engine.check.CheckRunner;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import io.tcescope.traces.bytes.SideFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Real recordings with their recorder's own counts, kept with the tests. */
public final class Fixtures {
  private Fixtures() {}

  /** The runs that hold a file of that name. */
  public static List<Path> runsWith(String file) {
    try (Stream<Path> runs = Files.list(root())) {
      return runs.filter(run -> Files.exists(run.resolve(file))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of all guests. */
  public static List<Path> guestLogs() {
    String messages = "dmesg.txt.zst";
    return runsWith(messages).stream().map(run -> run.resolve(messages)).toList();
  }

  public static Trace open(Path file) {
    try {
      return Traces.open(file, TraceOptions.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a run's host log. */
  static List<String> log(Path run) {
    try {
      byte[] log = SideFile.bytes(run.resolve("trace.log.zst"));
      return new String(log, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one of the built-in rules finds. */
  static List<Finding> findings(Trace trace, String rule) {
    return Replay.run(trace, ReplayOptions.defaults(), () -> new CheckRunner(trace))
        .observer()
        .findings()
        .stream()
        .filter(finding -> finding.rule().equals(rule))
        .toList();
  }

  public static Path file(String run, String name) {
    return root().resolve(run).resolve(name);
  }

  private static Path root() {
    URL corpus = Objects.requireNonNull(Fixtures.class.getResource("/corpus"));
    try {
      return Path.of(corpus.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The log of a run as a recorder would have written it that was not told of that event. */
  static Path without(Path folder, String run, String event) throws IOException {
    Path log = folder.resolve("trace.log");
    Pattern leftOut = Pattern.compile("spapr_iommu_(pci_)?" + event + " ");
    List<String> left = log(file(run, "")).stream().filter(leftOut.asPredicate().negate()).toList();
    Files.write(log, left, StandardCharsets.ISO_8859_1);
    return log;
  }
}
