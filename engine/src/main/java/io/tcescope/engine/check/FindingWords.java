package io.tcescope.engine.check;

import java.util.List;
import java.util.stream.Collectors;

/** How findings word numbers and lists; {@link Draft#message} has the same for their data. */
final class FindingWords {
  private FindingWords() {}

  /** "1 entry", "2 entries". */
  static String counted(long count, String one, String many) {
    return Long.toUnsignedString(count) + " " + (count == 1 ? one : many);
  }

  /** "a", "a and b", "a, b and c". */
  static String list(List<?> items) {
    if (items.size() < 2) {
      return items.isEmpty() ? "none" : String.valueOf(items.getFirst());
    }
    return items.subList(0, items.size() - 1).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", "))
        + " and "
        + items.getLast();
  }
}
