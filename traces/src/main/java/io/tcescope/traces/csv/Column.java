package io.tcescope.traces.csv;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of the neutral format; in a file they stand in any order. */
public enum Column {
  TIME_NS,
  CPU,
  TASK,
  DEVICE,
  CALL,
  LIOBN,
  IOBA,
  PAGES,
  TCE,
  LIST_ADDRESS,
  LIST,
  RET,
  BUID,
  CONFIG_ADDR,
  PAGE_SHIFT,
  WINDOW_SHIFT,
  START,
  WINDOWS_AVAILABLE,
  LARGEST_BLOCK,
  PAGE_MASK,
  PERM,
  TEXT;

  /** The column's name in a header row. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of that name, null if there is none. */
  public static @Nullable Column of(String title) {
    for (Column column : values()) {
      if (column.name().equalsIgnoreCase(title)) {
        return column;
      }
    }
    return null;
  }
}
