package io.tcescope.queries.language;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as people write them: hex, decimal, binary sizes; times in seconds and below. */
final class Quantity {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,19})([kmgtpe])(i?b)?");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,12}))?(s|ms|us|ns|m|h)?");
  private static final String UNITS = "kmgtpe";

  private Quantity() {}

  /** The number, empty if the text is none or needs more than 64 bits. */
  static OptionalLong number(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      if (lower.startsWith("0x")) {
        return hex(lower.substring(2));
      }
      Matcher size = SIZE.matcher(lower);
      if (size.matches()) {
        int shift = 10 * (UNITS.indexOf(size.group(2).charAt(0)) + 1);
        long count = Long.parseLong(size.group(1));
        return count >>> (64 - shift) == 0 ? OptionalLong.of(count << shift) : OptionalLong.empty();
      }
      if (lower.startsWith("-")) {
        return OptionalLong.of(Long.parseLong(lower));
      }
      return OptionalLong.of(Long.parseUnsignedLong(lower));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong hex(String digits) {
    boolean plus = digits.startsWith("+");
    return plus ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(digits, 16));
  }

  /** A time as written: its value and the width of its last digit, in nanoseconds. */
  record Written(long nanoseconds, long step, boolean elapsed) {}

  /** The time, or null if the text is none; a unit means that it counts from the first event. */
  static @org.jspecify.annotations.Nullable Written time(String text) {
    Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      return null;
    }
    String unit = time.group(3);
    String fraction = time.group(2) == null ? "" : time.group(2);
    try {
      long step = unit == null ? 1_000_000_000L : nanoseconds(unit);
      long value = Math.multiplyExact(Long.parseLong(time.group(1)), step);
      for (int i = 0; i < fraction.length() && step > 1; i++) {
        // Minutes and hours have no decimal digits of nanoseconds for ever, but 12 zeros suffice.
        step /= 10;
        value = Math.addExact(value, step * (fraction.charAt(i) - '0'));
      }
      return new Written(value, step, unit != null);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static long nanoseconds(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 1_000_000_000L;
    };
  }
}
