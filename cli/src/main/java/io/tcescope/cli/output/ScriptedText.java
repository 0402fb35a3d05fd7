package io.tcescope.cli.output;

import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.Printed;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people are told beside the findings: rules that broke, and how long each took. */
public final class ScriptedText {
  private static final double NANOS_PER_MS = 1e6;

  /** Of recordings in which the same went wrong; the rest is counted. */
  private static final int ALIKE_SHOWN = 3;

  private final Terminal terminal;

  public ScriptedText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Says what is wrong with rules, in which recordings; true if anything is. */
  public boolean errors(List<Checked> runs) {
    Map<ScriptError, List<Checked>> alike = new LinkedHashMap<>();
    for (Checked run : runs) {
      for (ScriptError error : run.scripted().errors()) {
        alike.computeIfAbsent(error.anywhere(), one -> new ArrayList<>()).add(run);
      }
    }
    alike.forEach((error, where) -> error(error, where, where.size() == runs.size()));
    return !alike.isEmpty();
  }

  /** An error that comes before the first event is one of the rule, whatever the recording. */
  private void error(ScriptError alike, List<Checked> runs, boolean everywhere) {
    if (everywhere && its(runs.getFirst(), alike).from() == 0) {
      error(terminal.err(), alike);
      return;
    }
    for (Checked run : runs.subList(0, Math.min(runs.size(), ALIKE_SHOWN))) {
      error(run, its(run, alike));
    }
    if (runs.size() > ALIKE_SHOWN) {
      String more = Words.count(runs.size() - ALIKE_SHOWN, "more recording");
      terminal.err().println("tcescope: ... and in " + more + " (--format json): " + alike);
    }
  }

  private static ScriptError its(Checked run, ScriptError alike) {
    return run.scripted().errors().stream()
        .filter(error -> error.anywhere().equals(alike))
        .findFirst()
        .orElseThrow();
  }

  private void error(Checked run, ScriptError error) {
    PrintWriter err = terminal.err();
    error(err, run.name() + ": ", error);
    String record = Unjudged.record(run, error);
    if (!record.isEmpty()) {
      err.println("    handling " + Whereabouts.line(run, error.event()) + ": " + record);
    }
    err.println("    has not judged the recording " + Unjudged.words(run, error));
  }

  /** Shows what rules printed over a run, each line behind the rule and where it was. */
  public void printed(Checked run) {
    for (Printed line : run.scripted().printed()) {
      String place = line.event() == 0 ? "" : ", " + Whereabouts.line(run, line.event());
      terminal.err().println(line.rule() + ": " + run.name() + place + ": " + line.text());
    }
  }

  /** Says which rules bear the id of a built-in one, for their findings bear it too. */
  public void twins(List<RuleMeta> loaded) {
    List<String> twins =
        loaded.stream().map(RuleMeta::id).filter(id -> Rule.of(id).isPresent()).toList();
    if (!twins.isEmpty()) {
      String rules = twins.size() == 1 ? "a rule bears" : twins.size() + " rules bear";
      terminal
          .err()
          .println(
              "tcescope: "
                  + rules
                  + " the id of a built-in one, and so do its findings: "
                  + String.join(", ", twins));
    }
  }

  /** Says what is wrong with a rule or script, who called whom, and what may help. */
  public static void error(PrintWriter err, ScriptError error) {
    error(err, "", error);
  }

  private static void error(PrintWriter err, String name, ScriptError error) {
    err.println("tcescope: " + name + error);
    error.stack().forEach(call -> err.println("    at " + call));
    if (error.message().startsWith("stopped: one call ")) {
      err.println("    --script-limits=10 lets a call use ten times as much");
    }
  }

  /** The time of all runs by rule, the longest first. */
  public void timings(List<Checked> runs) {
    Map<String, Long> builtIn = new LinkedHashMap<>();
    Map<String, Long> scripted = new LinkedHashMap<>();
    for (Checked run : runs) {
      run.timings().forEach(one -> builtIn.merge(one.rule(), one.nanos(), Long::sum));
      run.scripted().timings().forEach(one -> scripted.merge(one.rule(), one.nanos(), Long::sum));
    }
    Table table = new Table(">ms", "rule", "kind");
    add(table, builtIn, "built-in");
    add(table, scripted, "script");
    table.print(terminal.err(), terminal, "");
  }

  private static void add(Table table, Map<String, Long> nanos, String kind) {
    nanos.entrySet().stream()
        .map(entry -> new Timing(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Timing::nanos).reversed())
        .forEach(
            one ->
                table.row(
                    String.format(Locale.ROOT, "%.1f", one.nanos() / NANOS_PER_MS),
                    one.rule(),
                    kind));
  }
}
