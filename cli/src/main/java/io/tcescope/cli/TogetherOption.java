package io.tcescope.cli;

import io.tcescope.cli.input.UsageException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether several files are one run, for commands to which they need not be. */
final class TogetherOption {
  @Option(names = "--together", description = "The files are parts of one run, not a run each.")
  private boolean given;

  boolean isGiven() {
    return given;
  }

  /** For commands that are about one run. */
  void requireOneRun(List<Path> files) {
    if (files.size() > 1 && !given) {
      throw new UsageException("several files are one run only with --together");
    }
  }
}
