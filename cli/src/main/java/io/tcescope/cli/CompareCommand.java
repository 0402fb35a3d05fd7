package io.tcescope.cli;

import io.tcescope.cli.compare.FolderJson;
import io.tcescope.cli.compare.FolderPrinter;
import io.tcescope.cli.compare.FolderText;
import io.tcescope.cli.compare.Pair;
import io.tcescope.cli.compare.PairJson;
import io.tcescope.cli.compare.PairText;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Investigated;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.engine.check.Finding;
import io.tcescope.queries.index.Case;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "Of two folders, each recording is compared with the one of the same name in the other.",
      "",
      "Exit codes: 0 alike, 1 different, 2 wrong usage, 3 a file is no recording.",
      "",
      "Examples:",
      "  tcescope compare good.log bad.log",
      "  tcescope compare good.log good-dmesg.txt --against bad.log --against bad-dmesg.txt",
      "  tcescope compare good.log bad.log --format json | jq '.chapters[] | select(.alike | not)'",
      "  tcescope compare recorded-on-6.1/ recorded-on-6.12/",
    })
final class CompareCommand implements Callable<Integer> {
  private static final String RECORDED_DIFFERENTLY =
      "recorded in different ways: what only one can show differs";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
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
    Terminal terminal = Commands.terminal(spec);
    try (Rulebook rulebook = rules.open(run)) {
      boolean folders = against.isEmpty() && files.stream().anyMatch(CompareCommand::isFolder);
      return folders ? folders(terminal, rulebook) : runs(terminal, rulebook);
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path) && !Case.isCase(path);
  }

  private int runs(Terminal terminal, Rulebook rulebook) throws IOException {
    boolean single = against.isEmpty();
    if (single && files.size() != 2) {
      throw new UsageException(
          "two recordings are compared; a run of several recordings takes --against");
    }
    Investigated a = read(terminal, rulebook, single ? files.subList(0, 1) : files);
    Investigated b = read(terminal, rulebook, single ? files.subList(1, 2) : against);
    Pair pair = Pair.of(a, b);
    if (!pair.isRecordedAlike()) {
      Commands.note(terminal, "the runs were " + RECORDED_DIFFERENTLY);
    }
    if (format.isText()) {
      new PairText(terminal, pair).print();
    } else {
      new PairJson(new Json(terminal.out()), pair).write();
    }
    List<Checked> runs = List.of(a.checked(), b.checked());
    boolean broken = new ScriptedText(terminal).errors(runs);
    int trouble = Commands.exitCodeOf(terminal, strict.isGiven(), runs);
    return exitCode(trouble, broken, pair.isAlike());
  }

  private Investigated read(Terminal terminal, Rulebook rulebook, List<Path> recordings)
      throws IOException {
    return Investigation.of(recordings, run, rulebook, CompareCommand::named, terminal);
  }

  private int folders(Terminal terminal, Rulebook rulebook) throws IOException {
    Path a = files.getFirst();
    Path b = files.getLast();
    for (Path file : files) {
      if (Files.notExists(file)) {
        throw new UnreadableTraceException(file.toString(), "no such file");
      }
    }
    if (files.size() != 2 || !isFolder(a) || !isFolder(b) || Files.isSameFile(a, b)) {
      throw new UsageException("a folder is compared with another folder");
    }
    FolderPrinter printer =
        format.isText() ? new FolderText(terminal) : new FolderJson(new Json(terminal.out()));
    List<Checked> runs = new ArrayList<>();
    FolderComparison comparison =
        new FolderComparison(run, rulebook, CompareCommand::named, terminal);
    Audit audit =
        comparison.of(
            a,
            b,
            couple -> {
              couple.runs().forEach(one -> runs.add(one.checked().gist()));
              couple.pair().ifPresent(pair -> warn(terminal, couple.name(), pair));
              printer.print(couple);
            });
    boolean alike = printer.end(audit);
    boolean broken = new ScriptedText(terminal).errors(runs);
    int trouble = Commands.exitCode(terminal, strict.isGiven(), audit, runs);
    return exitCode(trouble, broken, alike);
  }

  private static void warn(Terminal terminal, String name, Pair pair) {
    if (!pair.isRecordedAlike()) {
      Commands.note(terminal, name + ": " + RECORDED_DIFFERENTLY);
    }
  }

  private static Set<Long> named(List<Finding> findings) {
    return findings.stream().map(Finding::ordinal).collect(Collectors.toSet());
  }

  private static int exitCode(int trouble, boolean broken, boolean alike) {
    if (trouble != ExitCode.CLEAN) {
      return trouble;
    }
    if (broken) {
      return ExitCode.USAGE;
    }
    return alike ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }
}
