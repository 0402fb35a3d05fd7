package io.tcescope.cli.output;

import io.tcescope.engine.check.Confidence;
import io.tcescope.engine.check.Evidence;
import io.tcescope.engine.check.Finding;
import io.tcescope.engine.check.Severity;
import io.tcescope.scripting.ScriptError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What checks found, for people: the worst first, each with the events that prove it. */
public final class CheckText {
  /** Of findings of one rule, and of events with one note; the rest is counted. */
  private static final int ALIKE_SHOWN = 3;

  /** Of rules that were not asked; more are counted. */
  private static final int MOST_NAMED = 12;

  private static final int LONGEST_RECORD = 240;

  private final Terminal terminal;
  private final Severity leastExplained;

  /** Explains findings of {@code leastExplained} and worse, and lists the others in a line each. */
  public CheckText(Terminal terminal, Severity leastExplained) {
    this.terminal = terminal;
    this.leastExplained = leastExplained;
  }

  /** One run: its findings, the worst rule first. */
  public void run(Checked run) {
    println(terminal.in(Style.HEADING, run.name()) + head(run));
    List<List<Finding>> groups = Alike.byRule(run.fresh());
    for (List<Finding> group : groups) {
      if (isExplained(group)) {
        full(run, group);
      }
    }
    groups.removeIf(this::isExplained);
    if (!groups.isEmpty()) {
      println("");
      groups.forEach(group -> brief(run, group));
    }
    brokenRules(run);
    if (!run.openSymptoms().isEmpty()) {
      println("");
      wrapped("", OpenSymptomsText.of(run));
    }
  }

  private void brokenRules(Checked run) {
    if (run.scripted().errors().isEmpty()) {
      return;
    }
    println("");
    for (ScriptError error : run.scripted().errors()) {
      String far = Unjudged.words(run, error);
      wrapped("", "The rule " + error.script() + " broke: it has not judged this recording " + far);
    }
  }

  /**
   * The events that a report for people names, by their ordinals: of the many that may prove a
   * finding it shows a few.
   */
  public static Set<Long> named(List<Finding> findings) {
    Set<Long> ordinals = new HashSet<>();
    for (List<Finding> group : Alike.byRule(findings)) {
      ordinals.add(group.stream().mapToLong(Finding::ordinal).min().orElseThrow());
      for (Finding finding : group.subList(0, Math.min(group.size(), ALIKE_SHOWN))) {
        ordinals.add(finding.ordinal());
        Alike.byNote(finding.evidence()).stream()
            .flatMap(alike -> alike.stream().limit(ALIKE_SHOWN))
            .forEach(one -> ordinals.add(one.ordinal()));
      }
    }
    return ordinals;
  }

  private boolean isExplained(List<Finding> group) {
    return group.getFirst().severity().atLeast(leastExplained);
  }

  /** What a recording is and how much was found, behind its name. */
  public static String head(Checked run) {
    return ": "
        + run.source().title()
        + ", "
        + Words.count(run.health().events(), "event")
        + ", "
        + Words.findings(run);
  }

  private void full(Checked run, List<Finding> group) {
    group.stream().limit(ALIKE_SHOWN).forEach(finding -> full(run, finding));
    if (group.size() > ALIKE_SHOWN) {
      String more = String.format(Locale.ROOT, "%,d", group.size() - ALIKE_SHOWN);
      println("");
      println("... and " + more + " more " + group.getFirst().rule() + " (--format ndjson)");
    }
    run.explanation(group.getFirst().rule())
        .ifPresent(
            rule -> {
              wrapped("  why it matters: ", rule.why());
              wrapped("  what to do:     ", rule.fix());
            });
  }

  private void full(Checked run, Finding finding) {
    println("");
    println(title(run, finding));
    wrapped("  ", finding.message());
    evidence(run, finding.evidence());
  }

  /** Severity, rule and place of a finding in one line. */
  private String title(Checked run, Finding finding) {
    String severity = finding.severity().label().toUpperCase(Locale.ROOT);
    String sure =
        finding.confidence() == Confidence.CERTAIN ? "" : " (" + finding.confidence().label() + ")";
    return terminal.in(Style.valueOf(finding.severity().name()), severity)
        + " "
        + terminal.in(Style.HEADING, finding.rule())
        + sure
        + " at "
        + Whereabouts.moment(run, finding.ordinal());
  }

  /** Events with one note are told together. */
  private void evidence(Checked run, List<Evidence> evidence) {
    for (List<Evidence> alike : Alike.byNote(evidence)) {
      for (Evidence one : alike.subList(0, Math.min(alike.size(), ALIKE_SHOWN))) {
        wrapped("    " + Whereabouts.line(run, one.ordinal()) + ": ", one.note());
        record(run.places().get(one.ordinal()).record());
      }
      if (alike.size() > ALIKE_SHOWN) {
        String more = "    ... and " + (alike.size() - ALIKE_SHOWN) + " more like it";
        println(terminal.in(Style.FAINT, more));
      }
    }
  }

  private void record(String record) {
    String shown = record.strip();
    if (shown.length() > LONGEST_RECORD) {
      shown = shown.substring(0, LONGEST_RECORD) + "...";
    }
    if (!shown.isEmpty()) {
      println("      " + terminal.in(Style.FAINT, shown));
    }
  }

  /** Findings that are not explained: one line for each rule. */
  private void brief(Checked run, List<Finding> group) {
    String more = group.size() == 1 ? "" : " (and " + (group.size() - 1) + " more)";
    println(title(run, group.getFirst()) + more);
    wrapped("  ", group.getFirst().message());
  }

  /**
   * Rules that could not judge any of the runs: with the reason where the user can help with an
   * option, counted where the recorder cannot know.
   */
  public void notJudged(List<Checked> runs) {
    notAsked(runs);
    NotJudged notJudged = NotJudged.in(runs);
    if (notJudged.isEmpty()) {
      return;
    }
    println("");
    println("Not judged" + (runs.size() == 1 ? ":" : " in every recording:"));
    notJudged
        .byReason()
        .forEach((reason, rules) -> wrapped("  ", reason + ": " + String.join(", ", rules)));
    if (!notJudged.beyond().isEmpty()) {
      wrapped("  ", notJudged.rest());
    }
  }

  private void notAsked(List<Checked> runs) {
    Set<String> silenced = new TreeSet<>();
    runs.forEach(run -> silenced.addAll(run.notAsked()));
    if (silenced.isEmpty()) {
      return;
    }
    boolean few = silenced.size() <= MOST_NAMED;
    String rules = few ? String.join(", ", silenced) : silenced.size() + " rules (--format json)";
    println("");
    wrapped("Not asked: ", rules);
  }

  private void wrapped(String indent, String text) {
    Words.wrapped(terminal, indent, text);
  }

  private void println(String line) {
    terminal.out().println(line);
  }
}
