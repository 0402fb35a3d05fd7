package io.tcescope.cli;

import io.tcescope.cli.output.Audit;

/**
 * What the process says to its caller. The launcher adds 69 (no suitable JDK) and 70 (the build
 * failed).
 */
public final class ExitCode {
  /** The command did its work, and nothing reached {@code --fail-on}. */
  public static final int CLEAN = 0;

  /** Findings at or above {@code --fail-on}. */
  public static final int FINDINGS = 1;

  /** A mistake on the command line. */
  public static final int USAGE = 2;

  /** The input cannot be read, or is damaged or lossy under {@code --strict}. */
  public static final int UNREADABLE = 3;

  /** A fault of tcescope itself, or too little memory (EX_SOFTWARE). */
  public static final int BUG = 70;

  /** Results cannot be written (EX_IOERR). */
  public static final int UNWRITTEN = 74;

  /** Interrupted from the keyboard: 128 + SIGINT, as shells report it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /**
   * For what became of all that was to be read, as far as it is bad.
   *
   * @param lossy a recording was damaged or had lost records
   */
  public static int of(Audit audit, boolean strict, boolean lossy) {
    if (audit.hasFailures()) {
      return BUG;
    }
    return audit.isComplete(strict) && !(lossy && strict) ? CLEAN : UNREADABLE;
  }
}
