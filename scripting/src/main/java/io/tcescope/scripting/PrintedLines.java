package io.tcescope.scripting;

import java.util.ArrayList;
import java.util.List;

/** What a rule prints over a recording: so much that it helps, and never so much that it floods. */
final class PrintedLines {
  private static final int MOST = 100;
  private static final int LONGEST = 1000;

  private record Line(long event, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private long dropped;

  void add(long event, String text) {
    text.lines().forEach(line -> addLine(event, line));
  }

  private void addLine(long event, String text) {
    if (lines.size() == MOST) {
      dropped++;
      return;
    }
    boolean fits = text.length() <= LONGEST;
    lines.add(new Line(event, fits ? text : text.substring(0, LONGEST) + "..."));
  }

  /** The lines that were kept, and how many were not. */
  List<Printed> of(String rule) {
    List<Printed> printed = new ArrayList<>();
    lines.forEach(line -> printed.add(new Printed(rule, line.event(), line.text())));
    if (dropped > 0) {
      printed.add(new Printed(rule, 0, "... and " + dropped + " more that are not shown"));
    }
    return printed;
  }
}
