package io.tcescope.engine.check;

import java.util.Locale;

/** How sure a finding is, surest first. */
public enum Confidence {
  /** The events themselves prove it. */
  CERTAIN,
  /** It rests on an inferred allocation, list entry, or event. */
  INFERRED,
  /** The recording has holes or an unknown start, or the matter depends on an unknown version. */
  LOW;

  /** The name in every output format. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The less sure of the two. */
  public Confidence and(Confidence other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
