package io.tcescope.engine.replay;

/** The thread that replays was interrupted: the user wants to stop. */
public final class ReplayInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReplayInterruptedException() {
    super("interrupted");
  }
}
