package io.tcescope.traces.custom;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How a field of a line writes its value. */
enum Unit {
  AS_WRITTEN("", 0),
  HEXADECIMAL("x", 0),
  NANOSECONDS("ns", 0),
  MICROSECONDS("us", 3),
  MILLISECONDS("ms", 6),
  SECONDS("s", 9);

  private final String suffix;
  private final int decimals;

  Unit(String suffix, int decimals) {
    this.suffix = suffix;
    this.decimals = decimals;
  }

  /** The unit behind a field's colon; throws IllegalArgumentException if there is none. */
  static Unit of(String suffix) {
    for (Unit unit : values()) {
      if (!suffix.isEmpty() && unit.suffix.equals(suffix)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("`" + suffix + "` is no unit: x, s, ms, us, ns");
  }

  boolean isTime() {
    return this != AS_WRITTEN && this != HEXADECIMAL;
  }

  /**
   * The value as a cell of the neutral CSV. One that is no number is left, for the reader of cells
   * to complain of.
   */
  String cell(String value) {
    if (this == HEXADECIMAL) {
      return value.startsWith("0x") ? value : "0x" + value;
    }
    return isTime() ? nanoseconds(value) : value;
  }

  private String nanoseconds(String value) {
    try {
      return new BigDecimal(value)
          .movePointRight(decimals)
          .setScale(0, RoundingMode.DOWN)
          .toBigIntegerExact()
          .toString();
    } catch (NumberFormatException notNumber) {
      return value;
    }
  }
}
