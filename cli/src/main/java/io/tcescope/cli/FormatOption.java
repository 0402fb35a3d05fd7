package io.tcescope.cli;

import picocli.CommandLine.Option;

/** For whom a result is written. */
final class FormatOption {
  /** What it is written as. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (default) or json (one document).")
  private Format format = Format.TEXT;

  /** True if it is written for people. */
  boolean isText() {
    return format == Format.TEXT;
  }
}
