package io.tcescope.cli;

import io.tcescope.cli.output.Format;
import picocli.CommandLine.Option;

/** Options of every command that reads recordings. */
final class CommonOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (default), json (one document), or ndjson (one a line).")
  private Format format = Format.TEXT;

  @Option(
      names = "--strict",
      description =
          "Exit 3 if a recording is damaged or lossy, or one may have been left out of a folder.")
  private boolean strict;

  @Option(names = "--together", description = "The files are parts of one run, not a run each.")
  private boolean together;

  Format format() {
    return format;
  }

  boolean strict() {
    return strict;
  }

  boolean together() {
    return together;
  }
}
