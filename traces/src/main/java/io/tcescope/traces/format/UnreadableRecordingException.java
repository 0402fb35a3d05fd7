package io.tcescope.traces.format;

import java.io.IOException;

/** A format that recognised a recording finds that it cannot read it; the message says why. */
public final class UnreadableRecordingException extends IOException {
  private static final long serialVersionUID = 1;

  public UnreadableRecordingException(String reason) {
    super(reason);
  }
}
