package io.tcescope.engine.state;

/**
 * How the guest uses a window. Direct: all memory is mapped once, bus address = start + physical
 * address. Dynamic: the guest's allocator maps page by page. Hybrid: the lower part direct, the
 * upper part dynamic.
 */
public enum Mapping {
  UNDECIDED,
  DIRECT,
  DYNAMIC,
  HYBRID
}
