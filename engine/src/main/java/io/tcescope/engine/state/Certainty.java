package io.tcescope.engine.state;

/** How well the recording tells a value. */
public enum Certainty {
  /** A record states it. */
  OBSERVED,
  /** It follows from a named rule. */
  INFERRED,
  /** The recording does not tell. */
  UNKNOWN;

  /** The name in output. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
