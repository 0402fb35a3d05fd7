package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.report.Report;
import io.tcescope.cli.report.ReportPage;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.event.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
      "  tcescope report trace.log dmesg.txt --rules my-rules/ -o report.html",
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(arity = "1..*", paramLabel = "TRACE", description = "Recordings of one run.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the page goes; default: stdout.")
  private @Nullable Path output;

  @Option(names = "--strict", description = "Exit 3 if a recording is damaged or lossy.")
  private boolean strict;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Commands.terminal(spec);
    try (OpenRun opened = OpenRun.open(run, files)) {
      Report report = investigate(terminal, opened);
      int written = write(terminal, report);
      if (written != ExitCode.CLEAN) {
        return written;
      }
      List<Checked> runs = List.of(report.run());
      boolean broken = new ScriptedText(terminal).errors(runs);
      int trouble = Commands.exitCodeOf(terminal, strict, runs);
      return trouble == ExitCode.CLEAN && broken ? ExitCode.USAGE : trouble;
    }
  }

  private Report investigate(Terminal terminal, OpenRun opened) {
    Trace trace = opened.trace();
    try (Rulebook rulebook = rules.open(run);
        ProgressBar progress = new ProgressBar(terminal, "replaying", trace.bytes())) {
      return Investigation.of(
          trace, files, opened.replay().withReadAhead(true).withProgress(progress), rulebook);
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
