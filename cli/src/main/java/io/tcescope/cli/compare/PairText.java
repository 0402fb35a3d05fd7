package io.tcescope.cli.compare;

import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.DiagnosisWords;
import io.tcescope.cli.output.FileNames;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Style;
import io.tcescope.cli.output.Table;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.event.TraceHealth.Records;
import io.tcescope.engine.why.Diagnosis;
import io.tcescope.queries.story.Parting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Two runs side by side, for people. */
public final class PairText {
  /** Chapters that part, and kinds of findings; the rest is counted, JSON lists all. */
  private static final int MOST = 20;

  private final Terminal terminal;
  private final Pair pair;

  public PairText(Terminal terminal, Pair pair) {
    this.terminal = terminal;
    this.pair = pair;
  }

  /** Everything: the stories, then what was diagnosed, found and called. */
  public void print() {
    head("A  ", pair.a());
    head("B  ", pair.b());
    stories();
    diagnoses();
    findings();
    calls();
    if (pair.isAlike()) {
      println("");
      println("Both tell the same story, and the same was found in them.");
    }
  }

  private void head(String name, Investigated run) {
    String title = terminal.in(Style.HEADING, run.checked().name());
    println(name + title + CheckText.head(run.checked()));
  }

  private void stories() {
    List<Parting> different = pair.partings().stream().filter(one -> !one.isAlike()).toList();
    for (Parting parting : different.subList(0, Math.min(MOST, different.size()))) {
      println("");
      println(terminal.in(Style.HEADING, capitalised(parting.subject())));
      chapter(new PartingRows(pair, parting));
    }
    more(different.size() - MOST, "chapter");
    String alike =
        pair.partings().stream()
            .filter(Parting::isAlike)
            .map(one -> one.subject() + " (" + Words.count(one.rows().size(), "step") + ")")
            .collect(Collectors.joining(", "));
    if (!alike.isEmpty()) {
      println("");
      Words.wrapped(terminal, "Alike: ", alike);
    }
  }

  private void chapter(PartingRows rows) {
    Table table = new Table("", "A", "B", "");
    rows.rows().forEach(row -> table.row(row.side().mark(), row.a(), row.b(), row.told()));
    table.print(terminal.out(), terminal, "");
    if (rows.left() > 0) {
      println("... and " + rows.left() + " more differences (--format json)");
    }
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void diagnoses() {
    println("");
    diagnosis("A  ", pair.a());
    diagnosis("B  ", pair.b());
  }

  private void diagnosis(String name, Investigated run) {
    Diagnosis diagnosis = run.diagnosis();
    DiagnosisWords words = run.words();
    String text;
    if (diagnosis.causes().isEmpty()) {
      text = diagnosis.undecided().map(why -> "undecided: " + why).orElse("no symptom of trouble");
    } else {
      String rule = diagnosis.causes().getFirst().rule();
      text =
          DiagnosisWords.certainty(diagnosis)
              + terminal.in(Style.HEADING, rule)
              + ", "
              + words.where(diagnosis.causes().getFirst().ordinal());
    }
    Words.wrapped(terminal, name, text);
  }

  private void findings() {
    List<Pair.Findings> all = pair.findings();
    List<Pair.Findings> different = all.stream().filter(one -> !one.isAlike()).toList();
    if (!different.isEmpty()) {
      println("");
      Table table = new Table("found", "", "A", "B");
      for (Pair.Findings one : different.subList(0, Math.min(MOST, different.size()))) {
        table.row(
            one.kind().severity().label().toUpperCase(Locale.ROOT),
            one.kind().fingerprint(),
            found(pair.a().checked(), one.inA()),
            found(pair.b().checked(), one.inB()));
      }
      table.print(terminal.out(), terminal, "");
      more(different.size() - MOST, "kind");
    }
    same(all.size() - different.size(), "kind of finding", "kinds of findings");
  }

  private void more(int left, String noun) {
    if (left > 0) {
      println("... and " + Words.count(left, "more " + noun) + " (--format json)");
    }
  }

  private void same(int alike, String one, String many) {
    if (alike > 0) {
      println("and " + alike + " " + (alike == 1 ? one : many) + " alike");
    }
  }

  private static String found(Checked run, List<Finding> findings) {
    if (findings.isEmpty()) {
      return "-";
    }
    String line = run.places().line(findings.getFirst().ordinal(), FileNames.shown(run.files()));
    return findings.size() == 1 ? line : findings.size() + ", first at " + line;
  }

  private void calls() {
    List<Pair.Calls> all = pair.calls();
    List<Pair.Calls> different = all.stream().filter(one -> !one.isAlike()).toList();
    if (!different.isEmpty()) {
      println("");
      Table table = new Table("call", ">A", ">failed", ">B", ">failed");
      for (Pair.Calls one : different) {
        table.row(
            one.name(),
            number(one.inA().count()),
            failed(one.inA()),
            number(one.inB().count()),
            failed(one.inB()));
      }
      table.print(terminal.out(), terminal, "");
      same(all.size() - different.size(), "call", "calls");
    }
  }

  private static String failed(Records records) {
    return records.count() == 0 ? "" : number(records.failed());
  }

  private static String number(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}
