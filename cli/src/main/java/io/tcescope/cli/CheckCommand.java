package io.tcescope.cli;

import io.tcescope.cli.baseline.Baseline;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.CheckFormat;
import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Comparison;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.RuleChoice;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import io.tcescope.scripting.RuleMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays recordings and says what went wrong in them: the main job. */
@Command(
    name = "check",
    description =
        "Replay recordings and say what went wrong in them, with the events that prove it.",
    footer = {
      "",
      "Each file, and each recording in a folder, is a run of its own, unless --together.",
      "",
      "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 wrong usage or a broken rule,",
      "  3 an input is no recording (or, with --strict, damaged, lossy, or left out of a folder).",
      "",
      "Examples:",
      "  tcescope check trace.log",
      "  tcescope check --ram 2G --qtree qtree.txt trace.log     judges more rules",
      "  tcescope check --together trace.log dmesg.txt           two views of one run",
      "  tcescope check --rules my-rules/ trace.log              rules of your own, in JavaScript",
      "  tcescope check --rules theirs/ --untrusted trace.log    rules that nobody vouches for",
      "  tcescope check --disable tce-leak,liobn-reuse trace.log     all rules but these",
      "  tcescope check --format ndjson recordings/ | jq .rule",
      "  tcescope check --format json recordings/ > known.json   what is known by now ...",
      "  tcescope check --baseline known.json recordings/        ... so that only the new counts",
      "  tcescope check --format sarif recordings/ > tce.sarif   for code scanning services",
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text (default), json (one document), ndjson (one a line), or sarif (2.1.0, for code"
              + " scanning services).")
  private CheckFormat format = CheckFormat.TEXT;

  @Mixin private StrictOption strict = new StrictOption();
  @Mixin private TogetherOption together = new TogetherOption();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Mixin private RuleChoice choice = new RuleChoice();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "Recordings, or folders of them; - is stdin.")
  private List<Path> files = List.of();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit 1 for findings this bad or worse: info, warning, error (default), critical, never.")
  private FailOn failOn = FailOn.ERROR;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "What --format json or ndjson printed before: findings that stand there, as often as they"
              + " do, are known; they are counted, and only new ones are shown and exit 1.")
  private @Nullable Path baselineFile;

  @Override
  public Integer call() throws IOException {
    if (!rules.areGiven()) {
      choice.requireBuiltIn();
    }
    Terminal terminal = Commands.terminal(spec);
    Optional<Baseline> baseline =
        Optional.ofNullable(baselineFile).map(file -> Baseline.read(file, files));
    CheckPrinter printer = new CheckPrinter(terminal, format, together.isGiven());
    Audit audit = examine(terminal, baseline, printer);
    Optional<Comparison> comparison = baseline.map(Baseline::result);
    printer.conclude(audit, comparison);
    int exitCode = exitCode(terminal, printer.told(), audit);
    printer.exits(exitCode, audit, comparison);
    return exitCode;
  }

  private int exitCode(Terminal terminal, Told told, Audit audit) {
    List<Checked> runs = told.runs();
    int trouble = Commands.exitCode(terminal, strict.isGiven(), audit, runs);
    if (rules.timing()) {
      new ScriptedText(terminal).timings(runs);
    }
    boolean broken = new ScriptedText(terminal).errors(runs) || misdirected(terminal, runs);
    if (trouble != ExitCode.CLEAN) {
      return trouble;
    }
    return broken ? ExitCode.USAGE : told.meets(failOn) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  /** Says which options are for no rule, unless they may be for one that could not be loaded. */
  private boolean misdirected(Terminal terminal, List<Checked> runs) {
    List<RuleMeta> loaded =
        runs.stream().flatMap(checked -> checked.scripted().rules().stream()).distinct().toList();
    new ScriptedText(terminal).twins(loaded);
    if (runs.isEmpty()) {
      return false;
    }
    List<String> complaints = new ArrayList<>(rules.complaints(loaded));
    complaints.addAll(choice.complaints(loaded));
    complaints.forEach(words -> Commands.note(terminal, words));
    return !complaints.isEmpty();
  }

  private Audit examine(Terminal terminal, Optional<Baseline> baseline, CheckPrinter printer)
      throws IOException {
    boolean some = format == CheckFormat.TEXT && baseline.isEmpty(); // else any may be shown
    try (Rulebook rulebook = rules.open(run, choice)) {
      return new Examinations(
              run,
              together.isGiven(),
              some ? CheckText::named : Finding::events,
              terminal,
              checked -> printer.take(baseline.map(one -> one.compare(checked)).orElse(checked)))
          .with(rulebook, rules.timing())
          .choosing(choice::of)
          .of(files);
    }
  }
}
