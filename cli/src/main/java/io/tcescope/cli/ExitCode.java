package io.tcescope.cli;

/**
 * What the process says to its caller. The launcher adds 69 (no suitable JDK) and 70 (the build
 * failed).
 */
final class ExitCode {
  /** The command did its work, and nothing reached {@code --fail-on}. */
  static final int CLEAN = 0;

  /** Findings at or above {@code --fail-on}. */
  static final int FINDINGS = 1;

  /** A mistake on the command line. */
  static final int USAGE = 2;

  /** The input cannot be read, or is damaged or lossy under {@code --strict}. */
  static final int UNREADABLE = 3;

  /** A fault of tcescope itself, or too little memory (EX_SOFTWARE). */
  static final int BUG = 70;

  /** Results cannot be written (EX_IOERR). */
  static final int UNWRITTEN = 74;

  /** Interrupted from the keyboard: 128 + SIGINT, as shells report it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
