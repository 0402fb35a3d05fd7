package io.tcescope.cli.output;

import io.tcescope.cli.input.Place;
import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.Geometry;
import io.tcescope.engine.state.Knowledge;
import io.tcescope.engine.state.Notation;
import io.tcescope.engine.state.Role;
import io.tcescope.engine.state.Run;
import io.tcescope.engine.state.Runs;
import io.tcescope.engine.state.StateDiff;
import java.util.List;
import java.util.Locale;

/** States and their differences for people. */
public final class StateText {
  private static final int RUNS_SHOWN = 12;

  private final Terminal terminal;
  private final List<String> files;
  private final boolean allRuns;

  /** Shows every run, or the first few of each window. */
  public StateText(Terminal terminal, List<String> files, boolean allRuns) {
    this.terminal = terminal;
    this.files = FileNames.shown(files);
    this.allRuns = allRuns;
  }

  /** The windows of a moment and what their entries hold. */
  public void state(Place at, List<DmaWindow> windows) {
    terminal.out().println(terminal.in(Style.HEADING, moment(at)));
    windows(windows);
    windows.forEach(this::entries);
  }

  /** What is different between two moments. */
  public void difference(Place from, Place to, StateDiff diff) {
    terminal.out().println(terminal.in(Style.HEADING, moment(from) + " to " + moment(to)));
    section("opened", diff.opened());
    section("closed", diff.closed());
    for (StateDiff.Changed changed : diff.changed()) {
      terminal.out().println();
      terminal.out().println(terminal.in(Style.HEADING, changed.after() + " changed"));
      if (changed.isMoved()) {
        terminal.out().println("  " + place(changed.before()) + " -> " + place(changed.after()));
      }
      Rows rows = new Rows(changed.after());
      changed.runs().forEach(run -> rows.add(run.before(), run.after()));
      rows.end();
    }
    if (diff.opened().isEmpty() && diff.closed().isEmpty() && diff.changed().isEmpty()) {
      terminal.out().println("nothing changed");
    }
  }

  private void section(String what, List<DmaWindow> windows) {
    if (!windows.isEmpty()) {
      terminal.out().println();
      terminal.out().println(terminal.in(Style.HEADING, what));
      windows(windows);
    }
  }

  /** The table of windows. */
  public void windows(List<DmaWindow> windows) {
    if (windows.isEmpty()) {
      terminal.out().println("no window is known");
      return;
    }
    Table table =
        new Table(
            "LIOBN",
            ">gen",
            "role",
            "BUID",
            "bus range",
            ">page",
            ">entries",
            ">mapped",
            ">unknown");
    for (DmaWindow window : windows) {
      boolean placed = window.hasGeometry();
      table.row(
          Hex.of(window.liobn()),
          window.generation(),
          window.role() == Role.UNKNOWN ? "?" : window.role().name().toLowerCase(Locale.ROOT),
          window.bridge().buid() == 0 ? "-" : Hex.of(window.bridge().buid()),
          placed ? range(window) : "?",
          placed ? Notation.pageSize(window.pageShift()) : "?",
          placed ? window.entries() : "?",
          window.mapped(),
          placed ? window.unknown() : "?");
    }
    table.print(terminal.out(), terminal, "");
  }

  private static String range(DmaWindow window) {
    String assumed = window.geometry() == Geometry.ASSUMED ? " (assumed)" : "";
    return Notation.range(window.start(), window.end()) + assumed;
  }

  private static String place(DmaWindow window) {
    return window.hasGeometry()
        ? range(window) + " in pages of " + Notation.pageSize(window.pageShift())
        : "at an unknown place";
  }

  private void entries(DmaWindow window) {
    Rows rows = new Rows(window);
    Runs.of(window, rows::add);
    rows.end();
  }

  /** Prints the runs of one window and counts those it leaves out. */
  private final class Rows {
    private final DmaWindow window;
    private long seen;

    Rows(DmaWindow window) {
      this.window = window;
    }

    void add(Run run) {
      if (isShown()) {
        if (seen == 1) {
          terminal.out().println();
          terminal.out().println(terminal.in(Style.HEADING, window.toString()));
        }
        terminal.out().println("  " + addresses(run) + "  " + value(run));
      }
    }

    void add(Run before, Run after) {
      if (isShown()) {
        terminal
            .out()
            .println("  " + addresses(after) + "  " + value(before) + " -> " + value(after));
      }
    }

    private boolean isShown() {
      seen++;
      return allRuns || seen <= RUNS_SHOWN;
    }

    void end() {
      if (!allRuns && seen > RUNS_SHOWN) {
        String hidden = "  ... and " + (seen - RUNS_SHOWN) + " more runs: --liobn ";
        terminal.out().println(terminal.in(Style.FAINT, hidden + Hex.of(window.liobn())));
      }
    }

    private String addresses(Run run) {
      String first = Hex.of(window.iobaOf(run.first()));
      return run.count() == 1
          ? String.format(Locale.ROOT, "%-23s %7d entry  ", first, 1)
          : String.format(
              Locale.ROOT,
              "%-23s %7d entries",
              first + ".." + Hex.of(window.iobaOf(run.last())),
              run.count());
    }
  }

  private static String value(Run run) {
    Knowledge knowledge = run.knowledge();
    if (knowledge.isUnknown()) {
      return "unknown: " + knowledge.label();
    }
    String step = run.step() == 0 ? "" : " " + step(run.step());
    String rule = knowledge == Knowledge.OBSERVED ? "" : " (inferred: " + knowledge.label() + ")";
    return Hex.of(run.tce()) + step + rule;
  }

  private static String step(long step) {
    return step < 0 ? "-" + Hex.of(-step) + " each" : "+" + Hex.of(step) + " each";
  }

  /** A moment in words. */
  private String moment(Place at) {
    if (at.event() == 0) {
      return "before the first event";
    }
    boolean several = files.size() > 1;
    String file = several ? " of " + files.get(at.file()) : "";
    String line = at.line() == at.event() && !several ? "" : ", line " + at.line() + file;
    String time = at.time() == null ? "" : ", " + at.time() + " s";
    return "after event " + at.event() + line + time;
  }
}
