package io.tcescope.engine.state;

/** How the place and size of a window are known. */
public enum Geometry {
  /** A record states them. */
  OBSERVED,
  /** They follow from what calls did. */
  INFERRED,
  /** What the platform makes of such a window unless told otherwise. */
  ASSUMED,
  /** Nobody can tell; entries are kept by bus address. */
  UNKNOWN
}
