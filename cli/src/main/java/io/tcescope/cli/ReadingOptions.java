package io.tcescope.cli;

import picocli.CommandLine.Option;

/** How the recordings of a command line are taken. */
final class ReadingOptions {
  @Option(
      names = "--strict",
      description =
          "Exit 3 if a recording is damaged or lossy, or one may have been left out of a folder.")
  private boolean strict;

  @Option(names = "--together", description = "The files are parts of one run, not a run each.")
  private boolean together;

  boolean strict() {
    return strict;
  }

  boolean together() {
    return together;
  }
}
