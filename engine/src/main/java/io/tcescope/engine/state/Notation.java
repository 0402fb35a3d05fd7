package io.tcescope.engine.state;

import io.tcescope.engine.event.Hex;
import java.util.List;

/** How windows are written in all output. */
public final class Notation {
  private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P", "E");
  private static final int SHIFT_OF_A_UNIT = 10;

  private Notation() {}

  /** A window by its LIOBN and which of that LIOBN's windows it is. */
  public static String window(long liobn, long generation) {
    return Hex.of(liobn) + "#" + generation;
  }

  /** A bus range by its first and its last address, from the first one and the one behind it. */
  public static String range(long start, long end) {
    return Hex.of(start) + ".." + Hex.of(end - 1);
  }

  /** A page size as people say it: 4K, 64K, 16M. */
  public static String pageSize(int shift) {
    return (1L << shift % SHIFT_OF_A_UNIT) + UNITS.get(shift / SHIFT_OF_A_UNIT);
  }
}
