package io.tcescope.queries.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
      String hint = Spelling.hint(word, QueryField.words());
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
    List<String> words = TextWords.ofQuery(text);
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
    int column = scanner.column();
    if (scanner.takeDiffers()) {
      return other(field, column);
    }
    scanner.takeEquals();
    comparison = scanner.takeComparison();
    return comparison.isEmpty() ? value(field) : compared(field, comparison);
  }

  /** A condition on what an event does not have is false, and so is this one. */
  private Query other(QueryField field, int column) throws QuerySyntaxException {
    if (field == QueryField.SAVED || field == QueryField.LUCENE) {
      throw scanner.problem("use not " + field.word() + ":...", column);
    }
    return new Query.All(List.of(new Query.Exists(field), new Query.Not(value(field))));
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
    if (field == QueryField.LUCENE) {
      return new Query.Lucene(text);
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
}
