package io.tcescope.cli.script;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What a child process does for its parent: runs rules over a recording and says what they found.
 */
@Command(name = JudgeCommand.NAME, hidden = true, description = "Judges for another process.")
public final class JudgeCommand implements Callable<Integer> {
  static final String NAME = "judge";
  static final String BYTES = "--bytes-per-call";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RuleOptions rules = new RuleOptions();
  @Mixin private RuleChoice choice = new RuleChoice();

  /** The heap is small here, yet the same call has to be stopped as in the parent. */
  @Option(names = BYTES, required = true)
  private long bytes;

  @Parameters(arity = "1..*")
  private List<Path> files = List.of();

  JudgeCommand() {}

  @Override
  public Integer call() throws IOException {
    try (Trace trace = run.open(files);
        Rulebook rulebook = rules.open(run, choice, bytes);
        RuleSession session = rulebook.open(trace, files);
        VerdictWriter verdict = new VerdictWriter(spec.commandLine().getOut())) {
      Replay.run(
          trace,
          run.replay().withReadAhead(true),
          () -> {
            var observer = session.observer();
            verdict.begin(session.result());
            return observer;
          });
      verdict.end(session.result());
      return 0;
    }
  }
}
