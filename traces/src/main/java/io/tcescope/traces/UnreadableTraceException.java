package io.tcescope.traces;

import java.io.IOException;

/**
 * A file that is no trace at all: missing, empty, a folder, of an unknown format or version. Never
 * thrown for a bad record inside a trace.
 */
public final class UnreadableTraceException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String reason;

  public UnreadableTraceException(String file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.file = file;
    this.reason = reason;
  }

  public UnreadableTraceException(String file, String reason) {
    super(file + ": " + reason);
    this.file = file;
    this.reason = reason;
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** What is wrong with it, in words. */
  public String reason() {
    return reason;
  }
}
