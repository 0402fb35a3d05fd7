package io.tcescope.queries.index;

import java.io.IOException;
import java.nio.file.Path;

/** A case that cannot be used or made, and why, in words for its user. */
public final class CaseException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean damage;

  CaseException(String problem) {
    super(problem);
    damage = false;
  }

  CaseException(String problem, Throwable cause) {
    this(problem, cause, false);
  }

  private CaseException(String problem, Throwable cause, boolean damage) {
    super(problem, cause);
    this.damage = damage;
  }

  /** Bytes of the case are not those that were written. */
  static CaseException damage(Path directory, Throwable cause) {
    return new CaseException(
        directory + ": the case is damaged; delete it and index again", cause, true);
  }

  /** True if nothing helps but to delete the case. */
  public boolean isDamage() {
    return damage;
  }
}
