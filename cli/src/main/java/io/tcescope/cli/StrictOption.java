package io.tcescope.cli;

import picocli.CommandLine.Option;

/** Whether a recording of which not all could be read is trouble. */
final class StrictOption {
  @Option(
      names = "--strict",
      description =
          "Exit 3 if a recording is damaged or lossy, or one may have been left out of a folder.")
  private boolean given;

  boolean isGiven() {
    return given;
  }
}
