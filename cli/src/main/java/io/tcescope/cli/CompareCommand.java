package io.tcescope.cli;

import io.tcescope.cli.compare.Pair;
import io.tcescope.cli.compare.PairJson;
import io.tcescope.cli.compare.PairText;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Format;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where two runs part. */
@Command(
    name = "compare",
    description = "Two runs side by side: a good one and a bad one, and where they part.",
    footer = {
      "",
      "Each bridge and each VIO window is compared by itself, for they take turns by chance: what",
      "windows it got and lost, in use or not, when they were filled and cleared, which calls",
      "failed. Times, counts and the addresses that allocators choose make no difference.",
      "",
      "Exit codes: 0 alike, 1 different, 2 wrong usage, 3 a file is no recording.",
      "",
      "Examples:",
      "  tcescope compare good.log bad.log",
      "  tcescope compare good.log good-dmesg.txt --against bad.log --against bad-dmesg.txt",
      "  tcescope compare good.log bad.log --format json | jq '.chapters[] | select(.alike | not)'",
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "Run A and run B; with --against, all recordings of run A.")
  private List<Path> files = List.of();

  @Option(
      names = "--against",
      paramLabel = "TRACE",
      description = "A recording of run B, as often as it has one.")
  private List<Path> against = List.of();

  @Override
  public Integer call() throws IOException {
    if (against.isEmpty() && files.size() != 2) {
      throw new UsageException(
          "two recordings are compared; a run of several recordings takes --against");
    }
    Terminal terminal = Commands.terminal(spec);
    Pair pair = pair(terminal);
    if (pair.a().checked().source() != pair.b().checked().source()) {
      Commands.note(
          terminal, "the runs were recorded in different ways: what only one can show differs");
    }
    if (common.format() == Format.TEXT) {
      new PairText(terminal, pair).print();
    } else {
      new PairJson(new Json(terminal.out()), pair).write();
    }
    return exitCode(terminal, pair);
  }

  private Pair pair(Terminal terminal) throws IOException {
    boolean single = against.isEmpty();
    try (Rulebook rulebook = rules.open(run)) {
      Investigated a = read(terminal, rulebook, single ? files.subList(0, 1) : files);
      Investigated b = read(terminal, rulebook, single ? files.subList(1, 2) : against);
      return Pair.of(a, b);
    }
  }

  private Investigated read(Terminal terminal, Rulebook rulebook, List<Path> recordings)
      throws IOException {
    return Investigation.of(recordings, run, rulebook, CompareCommand::named, terminal);
  }

  private static Set<Long> named(List<Finding> findings) {
    return findings.stream().map(Finding::ordinal).collect(Collectors.toSet());
  }

  private int exitCode(Terminal terminal, Pair pair) {
    List<Checked> runs = List.of(pair.a().checked(), pair.b().checked());
    boolean broken = new ScriptedText(terminal).errors(runs);
    int trouble = Commands.exitCodeOf(terminal, common.strict(), runs);
    if (trouble != ExitCode.CLEAN) {
      return trouble;
    }
    if (broken) {
      return ExitCode.USAGE;
    }
    return pair.isAlike() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
