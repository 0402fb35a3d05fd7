package io.tcescope.engine.check;

import java.util.Locale;

/** How bad a finding is, mildest first. */
public enum Severity {
  /** Worth showing on the timeline. */
  INFO,
  /** Suspicious; depends on version or platform. */
  WARNING,
  /** A contract is violated or state is lost. */
  ERROR,
  /** DMA corruption, a frozen PE or lost I/O is very likely. */
  CRITICAL;

  /** The name in every output format. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True if this is {@code other} or worse. */
  public boolean atLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
