package io.tcescope.queries.index;

/** Whether events of one shape match a query, as far as the shape can tell. */
enum ShapeMatch {
  NONE,
  SOME,
  ALL;

  static ShapeMatch of(boolean matches) {
    return matches ? ALL : NONE;
  }

  ShapeMatch and(ShapeMatch other) {
    return compareTo(other) <= 0 ? this : other;
  }

  ShapeMatch or(ShapeMatch other) {
    return compareTo(other) >= 0 ? this : other;
  }

  ShapeMatch negated() {
    return switch (this) {
      case NONE -> ALL;
      case SOME -> SOME;
      case ALL -> NONE;
    };
  }
}
