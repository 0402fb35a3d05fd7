package io.tcescope.cli.script;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a child process does for its parent: runs rules over one recording after another and says
 * what they found in each.
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

  JudgeCommand() {}

  /** Judges what standard input asks for, a line each, until it ends. */
  @Override
  public Integer call() throws IOException {
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Rulebook rulebook = rules.open(run, choice, bytes);
        VerdictWriter verdict = new VerdictWriter(spec.commandLine().getOut())) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        JudgeRequest request = JudgeRequest.of(line);
        request.givenUp().forEach(rulebook::giveUp);
        judge(request.recording(), rulebook, verdict);
      }
      return 0;
    }
  }

  private void judge(List<Path> recording, Rulebook rulebook, VerdictWriter verdict)
      throws IOException {
    try (Trace trace = run.open(recording);
        RuleSession session = rulebook.open(trace, recording)) {
      Replay.run(
          trace,
          run.replay().withReadAhead(true),
          () -> {
            var observer = session.observer();
            verdict.begin(session.result());
            return observer;
          });
      verdict.end(session.result());
    }
  }
}
