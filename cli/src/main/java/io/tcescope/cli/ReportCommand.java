package io.tcescope.cli;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.report.Report;
import io.tcescope.cli.report.ReportPage;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One run as a page to look at and to hand on. */
@Command(
    name = "report",
    description =
        "One HTML page of a run: what happened, its windows over time, all findings with proof.",
    footer = {
      "",
      "Several files are taken as recordings of one run: a host's log, the guest's dmesg, ...",
      "The page stands by itself: it needs no other file, no network and no script.",
      "Exit code 0 whatever is found; 3 if a file is no recording.",
      "",
      "Examples:",
      "  tcescope report trace.log -o report.html",
      "  tcescope report bad.log --against good.log -o report.html",
      "  tcescope report trace.log dmesg.txt --rules my-rules/ -o report.html",
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin final OneRun oneRun = new OneRun();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(arity = "1..*", paramLabel = "TRACE", description = "Recordings of one run.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the page goes; default: stdout.")
  private @Nullable Path output;

  @Option(
      names = "--against",
      paramLabel = "TRACE",
      description =
          "A recording of another run, a good one, to show where this one parts from it; as often"
              + " as it has one.")
  private List<Path> against = List.of();

  @Option(names = "--strict", description = "Exit 3 if a recording is damaged or lossy.")
  private boolean strict;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Commands.terminal(spec);
    if (output != null) {
      Commands.spare(Stream.of(files, against, run.files()).flatMap(List::stream).toList(), output);
    }
    List<Investigated> runs = investigate(terminal);
    Report report = new Report(runs.getFirst(), runs.stream().skip(1).findFirst());
    int written = write(terminal, report);
    if (written != ExitCode.CLEAN) {
      return written;
    }
    List<Checked> checked = runs.stream().map(Investigated::checked).toList();
    boolean broken = new ScriptedText(terminal).errors(checked);
    int trouble = Commands.exitCodeOf(terminal, strict, checked);
    return trouble == ExitCode.CLEAN && broken ? ExitCode.USAGE : trouble;
  }

  /** The run, and the one that it is compared with. */
  private List<Investigated> investigate(Terminal terminal) throws IOException {
    List<Investigated> runs = new ArrayList<>();
    try (Rulebook rulebook = rules.open(run)) {
      runs.add(Investigation.of(files, run, rulebook, Report::named, terminal));
      if (!against.isEmpty()) {
        runs.add(Investigation.of(against, run, rulebook, findings -> Set.of(), terminal));
      }
      return runs;
    }
  }

  private int write(Terminal terminal, Report report) {
    String page = ReportPage.of(report, Main.VERSION);
    Path file = output;
    if (file == null) {
      terminal.exact().print(page);
      return ExitCode.CLEAN;
    }
    return Commands.write(terminal, file, page.getBytes(StandardCharsets.UTF_8));
  }
}
