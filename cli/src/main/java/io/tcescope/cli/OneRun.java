package io.tcescope.cli;

import picocli.CommandLine.Option;

/** For commands to which several files are one run, whether that is said or not. */
final class OneRun {
  /** Who says it of one command need not remember of which it goes without saying. */
  @Option(names = "--together", hidden = true)
  void said(boolean together) {}
}
