package io.tcescope.cli;

import io.tcescope.cli.output.Format;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of nearly every command that reads recordings. */
final class CommonOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (default), json (one document), or ndjson (one a line).")
  private Format format = Format.TEXT;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  Format format() {
    return format;
  }

  boolean strict() {
    return reading.strict();
  }

  boolean together() {
    return reading.together();
  }
}
