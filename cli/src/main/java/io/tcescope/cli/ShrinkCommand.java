package io.tcescope.cli;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.output.Words;
import io.tcescope.cli.script.RuleOptions;
import io.tcescope.cli.script.Rulebook;
import io.tcescope.cli.shrink.Shrinking;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The shortest recording that still shows a finding. */
@Command(
    name = "shrink",
    description = "The shortest recording that still shows a finding: for a bug report or a test.",
    footer = {
      "",
      "Lines are left out and the rest is replayed, again and again, as long as it shows a finding",
      "of the same rule on the same window, as bad and as sure, and seems no less complete. In the",
      "end no single line can go.",
      "",
      "Exit codes: 0 written, 2 wrong usage, or no such finding, 3 no recording.",
      "",
      "Examples:",
      "  tcescope shrink trace.log -o small.log                       the worst finding",
      "  tcescope shrink trace.log --rule tce-remap-live -o small.log another one",
      "  tcescope shrink trace.log --rules my-rules/ --rule my-rule -o small.log",
    })
final class ShrinkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RuleOptions rules = new RuleOptions();

  @Parameters(paramLabel = "TRACE", description = "The recording, in a format of lines.")
  private Path file = Path.of("");

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "The rule whose worst finding is wanted; default: the worst finding of all.")
  private @Nullable String rule;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the lines go that are left.")
  private Path output = Path.of("");

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "Replays to make at most. Default: ${DEFAULT-VALUE}.")
  private int most = 5000;

  @Override
  public Integer call() throws IOException {
    if (file.equals(Path.of("-"))) {
      throw new UsageException("standard input cannot be read again: shrink a file");
    }
    Commands.spare(Stream.concat(Stream.of(file), run.files().stream()).toList(), output);
    Terminal terminal = Commands.terminal(spec);
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    Shrinking.Outcome outcome;
    try (Rulebook rulebook = rules.open(run);
        Shrinking shrinking = new Shrinking(run, rulebook, file)) {
      outcome = shrinking.to(left, Optional.ofNullable(rule), most);
    }
    int exitCode = Commands.write(terminal, output, left.toByteArray());
    if (exitCode == ExitCode.CLEAN) {
      tell(terminal, outcome);
    }
    return exitCode;
  }

  private void tell(Terminal terminal, Shrinking.Outcome outcome) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s: %s of %,d show %s (%s)%n",
            output,
            Words.count(outcome.left(), "line"),
            outcome.of(),
            outcome.finding().rule(),
            Words.count(outcome.tries(), "replay"));
    if (!outcome.least()) {
      Commands.note(terminal, "with more replays (--tries) fewer lines may do");
    }
  }
}
