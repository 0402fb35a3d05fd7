package io.tcescope.queries.language;

/** A query that cannot be understood: what is wrong, and in which column. */
public final class QuerySyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String query;
  private final int column;

  /** A problem at a column, from 1, of that text. */
  public QuerySyntaxException(String problem, String query, int column) {
    super(problem);
    this.query = query;
    this.column = column;
  }

  /** Column of the first offending character, from 1. */
  public int column() {
    return column;
  }

  /** The problem, the query, and a caret below the offending character. */
  public String pointing() {
    String line = query.replace('\n', ' ').replace('\t', ' ');
    return getMessage()
        + " (column "
        + column
        + ")\n  "
        + line
        + "\n  "
        + " ".repeat(column - 1)
        + "^";
  }
}
