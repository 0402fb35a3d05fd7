package io.tcescope.queries.language;

/** A name with {@code *} for any run of characters; case is ignored, matching allocates nothing. */
final class NamePattern {
  private final String pattern;
  private final boolean plain;

  NamePattern(String pattern) {
    this.pattern = pattern;
    this.plain = pattern.indexOf('*') < 0;
  }

  boolean isPlain() {
    return plain;
  }

  boolean matches(String name) {
    return plain ? pattern.equalsIgnoreCase(name) : matches(name, 0, name.length());
  }

  /** Matches the part of {@code text} from {@code from} up to, not including, {@code end}. */
  boolean matches(String text, int from, int end) {
    int at = from;
    int p = 0;
    int star = -1;
    int retry = from;
    while (at < end) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = at;
      } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(at))) {
        p++;
        at++;
      } else if (star >= 0) {
        p = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean same(char a, char b) {
    return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
