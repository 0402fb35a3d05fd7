package io.tcescope.cli.output;

import io.tcescope.engine.check.Rule;
import io.tcescope.engine.check.Timing;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.ScriptError;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people are told beside the findings: rules that broke, and how long each took. */
public final class ScriptedText {
  private static final double NANOS_PER_MS = 1e6;

  private final Terminal terminal;

  public ScriptedText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Says what is wrong with rules, once for all runs; true if anything is. */
  public boolean errors(List<Checked> runs) {
    Map<ScriptError, String> errors = new LinkedHashMap<>();
    for (Checked run : runs) {
      run.scripted().errors().forEach(error -> errors.putIfAbsent(error, run.name()));
    }
    errors.forEach(
        (error, where) ->
            error(terminal.err(), error.isStop() && runs.size() > 1 ? where + ": " : "", error));
    return !errors.isEmpty();
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

  /** Says what is wrong with a rule or script, and who called whom. */
  public static void error(PrintWriter err, ScriptError error) {
    error(err, "", error);
  }

  private static void error(PrintWriter err, String where, ScriptError error) {
    err.println("tcescope: " + where + error);
    error.stack().forEach(call -> err.println("    at " + call));
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
