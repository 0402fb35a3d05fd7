package io.tcescope.queries.language;

import java.util.function.Predicate;

/** The characters of a query, cut into what the grammar is made of. */
final class Scanner {
  private static final String COMPARISONS = "<>";
  private static final String DIFFERS = "!=";

  private final String text;
  private int at;

  Scanner(String text) {
    this.text = text;
    skipBlanks();
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character, a blank at the end. */
  char peek() {
    return atEnd() ? ' ' : text.charAt(at);
  }

  int column() {
    return at + 1;
  }

  QuerySyntaxException problem(String what) {
    return problem(atEnd() ? what.replace("unexpected ' '", "unexpected end") : what, column());
  }

  QuerySyntaxException problem(String what, int column) {
    return new QuerySyntaxException(what, text, column);
  }

  boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    skipBlanks();
    return true;
  }

  boolean isKeyword(String keyword) {
    int end = at + keyword.length();
    return text.regionMatches(true, at, keyword, 0, keyword.length())
        && (end == text.length() || !isValuePart(text.charAt(end)));
  }

  boolean takeKeyword(String keyword) {
    if (!isKeyword(keyword)) {
      return false;
    }
    at += keyword.length();
    skipBlanks();
    return true;
  }

  /**
   * A word that a colon or a comparison follows; empty if there is none here. Before {@code =} only
   * a field counts: logs are full of {@code addr=0x0}, which is looked for as it stands.
   */
  String takeFieldName() {
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end), end == at)) {
      end++;
    }
    int after = end;
    while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    boolean colon = end < text.length() && text.charAt(end) == ':';
    boolean compares = after < text.length() && COMPARISONS.indexOf(text.charAt(after)) >= 0;
    String name = text.substring(at, end);
    boolean equates = QueryField.ofWord(name) != null && equatesAt(after);
    if (end == at || !(colon || compares || equates)) {
      return "";
    }
    at = colon ? end : after;
    return name;
  }

  private boolean equatesAt(int place) {
    return text.startsWith("=", place) || text.startsWith(DIFFERS, place);
  }

  /** Takes what sets a field apart from its value: {@code :}, {@code =} or {@code ==}. */
  void takeEquals() {
    if (!take(':') && take('=')) {
      take('=');
    }
  }

  /** Takes {@code !=}; false if it does not stand here. */
  boolean takeDiffers() {
    if (!text.startsWith(DIFFERS, at)) {
      return false;
    }
    at += DIFFERS.length();
    skipBlanks();
    return true;
  }

  String takeComparison() {
    if (COMPARISONS.indexOf(peek()) < 0) {
      return "";
    }
    int start = at++;
    if (peek() == '=') {
      at++;
    }
    String comparison = text.substring(start, at);
    skipBlanks();
    return comparison;
  }

  String takeValue() throws QuerySyntaxException {
    if (peek() == '"') {
      return takeQuoted();
    }
    return takeWhile(Scanner::isValuePart);
  }

  private String takeWhile(Predicate<Character> part) {
    int start = at;
    while (!atEnd() && part.test(text.charAt(at))) {
      at++;
    }
    String value = text.substring(start, at);
    skipBlanks();
    return value;
  }

  private String takeQuoted() throws QuerySyntaxException {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (!atEnd() && text.charAt(at) != '"') {
      boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
      at += escaped ? 1 : 0;
      value.append(text.charAt(at++));
    }
    if (atEnd()) {
      throw problem("the closing '\"' is missing", start + 1);
    }
    at++;
    skipBlanks();
    return value.toString();
  }

  String takeBracketed() throws QuerySyntaxException {
    int start = at;
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw problem("']' is missing", start + 1);
    }
    at = end + 1;
    skipBlanks();
    return text.substring(start + 1, end);
  }

  private void skipBlanks() {
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isNamePart(char c, boolean first) {
    return c == '_' || Character.isLetter(c) || (!first && Character.isDigit(c));
  }

  private static boolean isValuePart(char c) {
    return !Character.isWhitespace(c) && "()[]\"".indexOf(c) < 0;
  }
}
