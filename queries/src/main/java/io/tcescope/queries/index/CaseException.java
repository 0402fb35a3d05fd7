package io.tcescope.queries.index;

import java.io.IOException;

/** A case that cannot be used or made, and why, in words for its user. */
public final class CaseException extends IOException {
  private static final long serialVersionUID = 1L;

  CaseException(String problem) {
    super(problem);
  }

  CaseException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
