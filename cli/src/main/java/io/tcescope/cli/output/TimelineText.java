package io.tcescope.cli.output;

import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.Role;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.Upheaval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The windows of a run drawn as lanes, a lane for each LIOBN. */
public final class TimelineText {
  private static final int LANES_SHOWN = 32;
  private static final int ROLE_WIDTH = 7;
  private static final int PEAK_WIDTH = 9;
  private static final int LEAST_LANE = 20;

  private final Terminal terminal;
  private final Glyphs glyphs;

  public TimelineText(Terminal terminal, boolean ascii) {
    this.terminal = terminal;
    this.glyphs = ascii ? Glyphs.ASCII : Glyphs.UNICODE;
  }

  /** One run. */
  public void run(Drawn drawn) {
    Checked run = drawn.run();
    println(terminal.in(Style.HEADING, run.name()) + CheckText.head(run));
    println("");
    Map<Long, List<Lane>> byLiobn = drawn.lanes().only(lane -> lane.generation() > 0).byLiobn();
    if (byLiobn.isEmpty()) {
      println("No window: nothing in the recording tells of one.");
    } else {
      drawing(drawn, byLiobn);
    }
  }

  private void drawing(Drawn drawn, Map<Long, List<Lane>> byLiobn) {
    int names = byLiobn.keySet().stream().mapToInt(liobn -> Hex.of(liobn).length()).max().orElse(0);
    int width = Math.max(LEAST_LANE, terminal.width() - names - ROLE_WIDTH - PEAK_WIDTH - 4);
    String format = "%-" + names + "s  %-" + ROLE_WIDTH + "s%" + PEAK_WIDTH + "s ";
    ruler(drawn, width, String.format(Locale.ROOT, format, "window", "role", "peak"));
    Letters letters = Letters.of(drawn.run().findings());
    List<LaneRow> rows = new ArrayList<>();
    rows.add(machine(drawn, width, format));
    for (Map.Entry<Long, List<Lane>> lane : byLiobn.entrySet()) {
      if (rows.size() <= LANES_SHOWN) {
        rows.add(lane(drawn, lane.getValue(), letters, width, format));
      }
    }
    if (byLiobn.size() > LANES_SHOWN) {
      println("... and " + Words.count(byLiobn.size() - LANES_SHOWN, "more lane") + " (--liobn)");
    }
    rows.add(rest(drawn, letters, width, format));
    boolean tables = drawn.run().rules().showsTables();
    legend(rows, tables, tables && !WindowLife.arePeaksWhole(drawn.lanes().lanes()));
    letters.explain(terminal, drawn.run());
  }

  private void ruler(Drawn drawn, int width, String names) {
    Ruler ruler = Ruler.over(drawn.lanes().length(), drawn.lanes().timed(), width, glyphs);
    println(terminal.in(Style.FAINT, " ".repeat(names.length()) + ruler.labels()));
    println(terminal.in(Style.FAINT, names + ruler.line()));
  }

  private LaneRow rowOf(Drawn drawn, int width) {
    return new LaneRow(drawn.lanes(), drawn.run().rules().showsTables(), glyphs, width);
  }

  /** What happened to all windows at once. */
  private LaneRow machine(Drawn drawn, int width, String format) {
    LaneRow row = rowOf(drawn, width);
    for (Upheaval one : drawn.lanes().upheavals()) {
      row.mark(drawn.lanes().partOf(one.event()), Glyphs.of(one.kind()), Style.HEADING);
    }
    if (row.hasMarks()) {
      print(String.format(Locale.ROOT, format, "machine", "", ""), row);
    }
    return row;
  }

  private LaneRow lane(Drawn drawn, List<Lane> lanes, Letters letters, int width, String format) {
    LaneRow row = rowOf(drawn, width);
    long most = lanes.stream().mapToLong(Lane::peak).max().orElse(0);
    long liobn = lanes.getFirst().liobn();
    lanes.forEach(lane -> row.draw(lane, most));
    for (Finding finding : letters.worstFirst()) {
      if (finding.liobn().isPresent() && finding.liobn().getAsLong() == liobn) {
        mark(drawn, row, finding, letters);
      }
    }
    boolean tables = drawn.run().rules().showsTables();
    String count = tables ? Words.atLeast(most, WindowLife.arePeaksWhole(lanes)) : "?";
    print(String.format(Locale.ROOT, format, Hex.of(liobn), role(lanes), count), row);
    return row;
  }

  private static void mark(Drawn drawn, LaneRow row, Finding finding, Letters letters) {
    int part = drawn.lanes().partOf(finding.ordinal());
    row.mark(part, letters.of(finding), Style.valueOf(finding.severity().name()));
  }

  /** What belongs to no lane that was drawn: losses, calls on LIOBNs without a window, the rest. */
  private LaneRow rest(Drawn drawn, Letters letters, int width, String format) {
    LaneRow row = rowOf(drawn, width);
    for (int part = 0; part < drawn.lanes().parts(); part++) {
      if (drawn.lanes().losses().get(part) > 0) {
        row.mark(part, Glyphs.LOST, Style.WARNING);
      }
    }
    List<Long> drawnLiobns =
        drawn.lanes().lanes().stream().filter(l -> l.generation() > 0).map(Lane::liobn).toList();
    for (Finding finding : letters.worstFirst()) {
      if (finding.liobn().isEmpty() || !drawnLiobns.contains(finding.liobn().getAsLong())) {
        mark(drawn, row, finding, letters);
      }
    }
    drawn.lanes().lanes().stream()
        .filter(lane -> lane.generation() == 0)
        .forEach(lane -> row.draw(lane, 0));
    if (row.hasMarks()) {
      print(String.format(Locale.ROOT, format, "others", "", ""), row);
    }
    return row;
  }

  private void print(String name, LaneRow row) {
    List<String> lines = new ArrayList<>(row.marks(terminal));
    if (lines.isEmpty() || !row.cells().isBlank()) {
      lines.addFirst(row.cells());
    }
    println((name + lines.getFirst()).stripTrailing());
    lines.stream().skip(1).forEach(marks -> println(" ".repeat(name.length()) + marks));
  }

  private static String role(List<Lane> lanes) {
    List<Role> roles = lanes.stream().map(Lane::role).distinct().toList();
    if (roles.size() > 1) {
      return "several";
    }
    Role only = roles.getFirst();
    return only == Role.UNKNOWN ? "?" : only.name().toLowerCase(Locale.ROOT);
  }

  private void legend(List<LaneRow> rows, boolean tables, boolean atLeast) {
    List<String> parts = new ArrayList<>();
    explain(parts, rows, Glyphs.OPENED, "opened");
    explain(parts, rows, Glyphs.CLOSED, "removed");
    explain(parts, rows, Glyphs.PASSED, "both");
    explain(parts, rows, Glyphs.SWEPT, "swept");
    explain(parts, rows, glyphs.empty(), atLeast ? "none known to be live" : "empty");
    explain(parts, rows, glyphs.untold(), "contents not recorded");
    if (tables) {
      parts.add(glyphs.levels() + " live entries");
    }
    if (atLeast) {
      parts.add(Words.AT_LEAST);
    }
    explain(parts, rows, Glyphs.FAILED, "failed");
    explain(parts, rows, Glyphs.LOST, "records lost");
    for (Upheaval.Kind kind : Upheaval.Kind.values()) {
      explain(parts, rows, Glyphs.of(kind), UpheavalWords.what(kind));
    }
    println("");
    Words.wrapped(terminal, "", String.join("  ", parts));
  }

  private static void explain(List<String> parts, List<LaneRow> rows, char glyph, String meaning) {
    if (rows.stream().anyMatch(row -> row.uses(glyph))) {
      parts.add(glyph + " " + meaning);
    }
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}
