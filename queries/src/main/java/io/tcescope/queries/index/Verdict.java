package io.tcescope.queries.index;

/** Whether events of one shape match a query, as far as the shape can tell. */
enum Verdict {
  NONE,
  SOME,
  ALL;

  static Verdict of(boolean matches) {
    return matches ? ALL : NONE;
  }

  Verdict and(Verdict other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Verdict negated() {
    return switch (this) {
      case NONE -> ALL;
      case SOME -> SOME;
      case ALL -> NONE;
    };
  }
}
