package io.tcescope.traces;

import io.tcescope.traces.bytes.Recording;
import java.io.IOException;
import java.util.List;

/** Two files of one run that are the same recording, which would tell everything twice. */
public final class RepeatedTraceException extends IOException {
  private static final long serialVersionUID = 1;

  private RepeatedTraceException(String message) {
    super(message);
  }

  /** Refuses a recording that holds what one of the others holds, byte by byte. */
  static void refuse(Recording recording, List<Recording> others) throws RepeatedTraceException {
    for (Recording other : others) {
      if (other.bytes().mismatch(recording.bytes()) < 0) {
        throw new RepeatedTraceException(
            other.name() + " and " + recording.name() + " are the same recording: name it once");
      }
    }
  }
}
