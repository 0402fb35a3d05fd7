package io.tcescope.queries.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the text form of a query. The grammar is in this module's README. */
public final class QueryParser {
  /** Deeper nesting is no question anybody asks. */
  private static final int DEEPEST = 100;

  private final Scanner scanner;
  private final SavedQueries saved;
  private final Set<String> expanding;
  private int depth;

  private QueryParser(String text, SavedQueries saved, Set<String> expanding) {
    this.scanner = new Scanner(text);
    this.saved = saved;
    this.expanding = expanding;
  }

  /** The query; a blank text asks for everything. */
  public static Query parse(String text) throws QuerySyntaxException {
    return parse(text, SavedQueries.NONE);
  }

  /** The query, with {@code saved:NAME} replaced by what was saved under that name. */
  public static Query parse(String text, SavedQueries saved) throws QuerySyntaxException {
    return new QueryParser(text, saved, Set.of()).whole();
  }

  private Query whole() throws QuerySyntaxException {
    if (scanner.atEnd()) {
      return new Query.Everything();
    }
    Query query = any();
    if (!scanner.atEnd()) {
      throw scanner.problem("unexpected '" + scanner.peek() + "'");
    }
    return query;
  }

  private Query any() throws QuerySyntaxException {
    List<Query> parts = new ArrayList<>();
    do {
      parts.add(all());
    } while (scanner.takeKeyword("or"));
    return parts.size() == 1 ? parts.getFirst() : new Query.Any(parts);
  }

  private Query all() throws QuerySyntaxException {
    List<Query> parts = new ArrayList<>();
    do {
      parts.add(not());
    } while (scanner.takeKeyword("and") || startsOperand());
    return parts.size() == 1 ? parts.getFirst() : new Query.All(parts);
  }

  private boolean startsOperand() {
    return !scanner.atEnd() && scanner.peek() != ')' && !scanner.isKeyword("or");
  }

  private Query not() throws QuerySyntaxException {
    boolean negated = scanner.takeKeyword("not");
    if (!negated) {
      return operand();
    }
    return new Query.Not(nested(this::not));
  }

  private Query operand() throws QuerySyntaxException {
    if (scanner.atEnd() || scanner.isKeyword("and") || scanner.isKeyword("or")) {
      throw scanner.problem("a condition is missing here");
    }
    if (scanner.take('(')) {
      Query inner = nested(this::any);
      if (!scanner.take(')')) {
        throw scanner.problem("')' is missing");
      }
      return inner;
    }
    int column = scanner.column();
    String word = scanner.takeFieldName();
    if (word.isEmpty()) {
      return freeText(column);
    }
    QueryField field = QueryField.ofWord(word);
    if (field == null) {
      String hint = Spelling.suggestion(word, QueryField.words());
      throw scanner.problem("there is no field '" + word + "'" + hint, column);
    }
    return condition(field);
  }

  private Query freeText(int column) throws QuerySyntaxException {
    boolean quoted = scanner.peek() == '"';
    String text = scanner.takeValue();
    if (text.isEmpty()) {
      throw scanner.problem("unexpected '" + scanner.peek() + "'");
    }
    return !quoted && text.equals("*") ? new Query.Everything() : text(text, column);
  }

  private Query text(String text, int column) throws QuerySyntaxException {
    List<String> words = Words.ofQuery(text);
    if (words.isEmpty()) {
      throw scanner.problem("there is no word in '" + text + "'", column);
    }
    return new Query.Text(words);
  }

  private Query condition(QueryField field) throws QuerySyntaxException {
    String comparison = scanner.takeComparison();
    if (!comparison.isEmpty()) {
      return compared(field, comparison);
    }
    scanner.take(':');
    comparison = scanner.takeComparison();
    return comparison.isEmpty() ? value(field) : compared(field, comparison);
  }

  private Query value(QueryField field) throws QuerySyntaxException {
    if (scanner.take('(')) {
      return nested(() -> oneOf(field));
    }
    if (scanner.peek() == '[') {
      return range(field);
    }
    int column = scanner.column();
    boolean quoted = scanner.peek() == '"';
    String text = scanner.takeValue();
    if (text.isEmpty() && !quoted) {
      throw scanner.problem("a value for '" + field.word() + "' is missing here");
    }
    if (field == QueryField.SAVED) {
      return saved(text, column);
    }
    if (field.type() == QueryField.Type.TEXT) {
      return text.equals("*") ? new Query.Exists(field) : text(text, column);
    }
    return described(column, () -> Conditions.of(field, text));
  }

  private Query oneOf(QueryField field) throws QuerySyntaxException {
    List<Query> values = new ArrayList<>();
    do {
      boolean negated = scanner.takeKeyword("not");
      Query value = value(field);
      values.add(negated ? new Query.Not(value) : value);
    } while (scanner.takeKeyword("or"));
    if (!scanner.take(')')) {
      throw scanner.problem("'or' or ')' is missing here");
    }
    return values.size() == 1 ? values.getFirst() : new Query.Any(values);
  }

  private Query range(QueryField field) throws QuerySyntaxException {
    int column = scanner.column();
    String inside = scanner.takeBracketed();
    int dots = inside.indexOf("..");
    if (dots < 0) {
      throw scanner.problem("a range is written [from..to]", column);
    }
    String from = inside.substring(0, dots).strip();
    String to = inside.substring(dots + 2).strip();
    return described(column, () -> Conditions.between(field, from, to));
  }

  private Query compared(QueryField field, String comparison) throws QuerySyntaxException {
    int column = scanner.column();
    String text = scanner.takeValue();
    if (text.isEmpty()) {
      throw scanner.problem("a value for '" + field.word() + "' is missing here");
    }
    return described(column, () -> Conditions.compared(field, comparison, text));
  }

  private Query saved(String name, int column) throws QuerySyntaxException {
    if (expanding.contains(name)) {
      throw scanner.problem("the saved query '" + name + "' uses itself", column);
    }
    String text = saved.text(name);
    if (text == null) {
      String hint = Spelling.suggestion(name, saved.names());
      throw scanner.problem("there is no saved query '" + name + "'" + hint, column);
    }
    Set<String> deeper = new HashSet<>(expanding);
    deeper.add(name);
    try {
      return new QueryParser(text, saved, deeper).whole();
    } catch (QuerySyntaxException e) {
      throw scanner.problem("in saved query '" + name + "': " + e.getMessage(), column);
    }
  }

  @FunctionalInterface
  private interface Part {
    Query read() throws QuerySyntaxException;
  }

  @FunctionalInterface
  private interface Condition {
    Query make();
  }

  private Query nested(Part part) throws QuerySyntaxException {
    if (++depth > DEEPEST) {
      throw scanner.problem("nested too deeply");
    }
    Query query = part.read();
    depth--;
    return query;
  }

  private Query described(int column, Condition condition) throws QuerySyntaxException {
    try {
      return condition.make();
    } catch (IllegalArgumentException e) {
      throw scanner.problem(String.valueOf(e.getMessage()), column);
    }
  }

  /** The characters of a query, cut into what the grammar is made of. */
  private static final class Scanner {
    private static final String COMPARISONS = "<>";

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

    /** A word that a colon or a comparison follows; empty if there is none here. */
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
      if (end == at || !(colon || compares)) {
        return "";
      }
      String name = text.substring(at, end);
      at = colon ? end : after;
      return name;
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
}
