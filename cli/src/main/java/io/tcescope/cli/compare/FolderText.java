package io.tcescope.cli.compare;

import io.tcescope.cli.compare.PartingRows.Side;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.FileNames;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Style;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two folders side by side, for people: in which recordings they differ, and in what first. */
public final class FolderText implements FolderPrinter {
  /** Of each recording, so many steps and so many findings; a comparison of the two shows all. */
  private static final int MOST = 3;

  private final Terminal terminal;
  private final RulesFound found = new RulesFound();
  private int alike;
  private int different;
  private int onlyInA;
  private int onlyInB;

  public FolderText(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void print(Couple couple) {
    Optional<Pair> pair = couple.pair();
    if (pair.isEmpty()) {
      single(couple);
    } else if (pair.get().isAlike()) {
      alike++;
    } else {
      different++;
      differences(couple.name(), pair.get());
    }
    pair.ifPresent(found::add);
  }

  private void single(Couple couple) {
    boolean isInA = couple.a().isPresent();
    if (isInA) {
      onlyInA++;
    } else {
      onlyInB++;
    }
    println(terminal.in(Style.HEADING, couple.name()) + ": only in " + (isInA ? "A" : "B"));
    println("");
  }

  private void differences(String name, Pair pair) {
    List<String> steps = steps(pair);
    List<String> findings = findings(pair);
    println(
        terminal.in(Style.HEADING, name)
            + ": "
            + Words.count(steps.size(), "step")
            + " and "
            + Words.count(findings.size(), "kind")
            + " of findings differ");
    first(steps, "step");
    first(findings, "kind");
    println("");
  }

  private static List<String> steps(Pair pair) {
    return pair.partings().stream()
        .flatMap(parting -> new PartingRows(pair, parting).differences())
        .map(row -> row.side().mark() + " " + row.told() + ", " + row.a() + row.b())
        .toList();
  }

  private static List<String> findings(Pair pair) {
    List<String> told = new ArrayList<>();
    for (Pair.Findings one : pair.findings()) {
      if (!one.isAlike()) {
        String kind =
            one.kind().severity().label().toUpperCase(Locale.ROOT) + " " + one.kind().fingerprint();
        told.add(told(pair, one, kind));
      }
    }
    return told;
  }

  private static String told(Pair pair, Pair.Findings one, String kind) {
    if (one.inB().isEmpty()) {
      return Side.ONLY_A.mark() + " " + kind + ", " + where(pair.a(), one.inA());
    }
    if (one.inA().isEmpty()) {
      return Side.ONLY_B.mark() + " " + kind + ", " + where(pair.b(), one.inB());
    }
    return "  " + kind + ", " + one.inA().size() + " times in A, " + one.inB().size() + " in B";
  }

  private static String where(Investigated run, List<Finding> findings) {
    return run.checked()
        .places()
        .line(findings.getFirst().ordinal(), FileNames.shown(run.checked().files()));
  }

  private void first(List<String> lines, String noun) {
    lines.stream().limit(MOST).forEach(line -> println("  " + line));
    if (lines.size() > MOST) {
      println("    ... and " + Words.count(lines.size() - MOST, "more " + noun));
    }
  }

  @Override
  public boolean end(Audit audit) {
    found.print(terminal);
    println(
        Words.count(alike + different, "recording")
            + " of both folders: "
            + alike
            + " alike, "
            + different
            + " different"
            + only(onlyInA, "A")
            + only(onlyInB, "B"));
    return different + onlyInA + onlyInB == 0;
  }

  private static String only(int count, String folder) {
    return count == 0 ? "" : "; " + count + " only in " + folder;
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}
