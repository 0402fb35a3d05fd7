package io.tcescope.cli.output;

import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.LanePart;
import io.tcescope.queries.timeline.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of characters over the run: the windows of one LIOBN, and under them what went wrong, marks
 * of one column on top of each other.
 */
final class LaneRow {
  private static final int MOST_MARKS = 4;

  private final Lanes lanes;
  private final boolean told;
  private final Glyphs glyphs;
  private final char[] cells;
  private final List<char[]> marks = new ArrayList<>();
  private final List<Style[]> styles = new ArrayList<>();

  /**
   * An empty row.
   *
   * @param told the recording tells what windows hold
   */
  LaneRow(Lanes lanes, boolean told, Glyphs glyphs, int width) {
    this.lanes = lanes;
    this.told = told;
    this.glyphs = glyphs;
    this.cells = blank(width);
  }

  private static char[] blank(int width) {
    char[] blank = new char[width];
    Arrays.fill(blank, ' ');
    return blank;
  }

  private int column(int part) {
    return (int) ((long) part * cells.length / lanes.parts());
  }

  /** Draws a window, whose lane is full at {@code most} live entries. */
  void draw(Lane lane, long most) {
    int first = lane.opened().isKnown() ? column(lanes.partOf(lane.opened().event())) : 0;
    boolean closes = lane.closed().isKnown();
    int last = closes ? column(lanes.partOf(lane.closed().event())) : cells.length - 1;
    if (lane.generation() > 0) {
      fill(lane, first, last, most);
      ends(first, last, lane.opened().isKnown(), closes);
    }
    lane.parts().forEach(this::failures);
  }

  private void fill(Lane lane, int first, int last, long most) {
    long live = 0;
    int next = 0;
    for (int column = first; column <= last; column++) {
      long value = live;
      boolean swept = false;
      while (next < lane.parts().size() && column(lane.parts().get(next).number()) <= column) {
        LanePart part = lane.parts().get(next++);
        value = Math.max(value, part.peak());
        live = part.live();
        swept |= part.swept();
      }
      char level = told ? glyphs.level(value, most) : glyphs.untold();
      cells[column] = swept ? Glyphs.SWEPT : level;
    }
  }

  private void ends(int first, int last, boolean opened, boolean closed) {
    boolean passed = opened && closed && first == last;
    if (opened) {
      cells[first] = passed ? Glyphs.PASSED : Glyphs.OPENED;
    }
    if (closed && !passed) {
      cells[last] = Glyphs.CLOSED;
    }
  }

  private void failures(LanePart part) {
    if (part.refused() + part.faults() > 0) {
      mark(part.number(), Glyphs.FAILED, Style.ERROR);
    }
  }

  /** Marks a part of the run; there is no room for more than a few marks of one column. */
  void mark(int part, char mark, Style style) {
    int column = column(part);
    for (int row = 0; row < MOST_MARKS; row++) {
      if (row == marks.size()) {
        marks.add(blank(cells.length));
        styles.add(new Style[cells.length]);
      }
      char there = marks.get(row)[column];
      if (there == mark) {
        return;
      }
      if (there == ' ' || there == Glyphs.FAILED) { // a finding says more than a failure
        marks.get(row)[column] = mark;
        styles.get(row)[column] = style;
        return;
      }
    }
  }

  String cells() {
    return new String(cells);
  }

  boolean hasMarks() {
    return !marks.isEmpty();
  }

  boolean uses(char glyph) {
    return contains(cells, glyph) || marks.stream().anyMatch(row -> contains(row, glyph));
  }

  private static boolean contains(char[] row, char glyph) {
    return new String(row).indexOf(glyph) >= 0;
  }

  /** The rows of marks, each mark in its style. */
  List<String> marks(Terminal terminal) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      rows.add(painted(terminal, marks.get(i), styles.get(i)));
    }
    return rows;
  }

  private static String painted(Terminal terminal, char[] row, Style[] styles) {
    StringBuilder painted = new StringBuilder();
    int end = new String(row).stripTrailing().length();
    for (int i = 0; i < end; i++) {
      String mark = String.valueOf(row[i]);
      painted.append(mark.isBlank() ? mark : terminal.in(styles[i], mark));
    }
    return painted.toString();
  }
}
