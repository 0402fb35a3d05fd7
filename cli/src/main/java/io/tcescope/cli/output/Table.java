package io.tcescope.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as they must be; a column whose name begins with '>' stands right. */
public final class Table {
  private final List<String> names;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... names) {
    this.names = List.of(names);
  }

  public Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** True if it has no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Writes the heading and the rows, each line behind {@code indent}. */
  public void print(PrintWriter out, Terminal terminal, String indent) {
    List<String> heading = names.stream().map(name -> name.replace(">", "")).toList();
    out.println(indent + terminal.in(Style.FAINT, line(heading)));
    rows.forEach(row -> out.println(indent + line(row)));
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String gap = " ".repeat(width(i) - cell.length());
      line.append(i == 0 ? "" : "  ");
      line.append(names.get(i).startsWith(">") ? gap + cell : cell + gap);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = names.get(column).replace(">", "").length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}
