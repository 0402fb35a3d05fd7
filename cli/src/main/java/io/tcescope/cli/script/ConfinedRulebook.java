package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.engine.event.Trace;
import java.nio.file.Path;
import java.util.List;

/** Rules that nobody vouches for: each recording is replayed once more in a child process. */
record ConfinedRulebook(TriedRules rules, Judges judges, ScriptLimits limits) implements Rulebook {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Override
  public void expect(List<Path> recordings) {
    judges.expect(recordings);
  }

  @Override
  public void giveUp(String rule) {
    rules.giveUp(rule);
  }

  @Override
  public RuleSession open(Trace trace, List<Path> recording) {
    if (recording.contains(STANDARD_INPUT)) {
      throw new UsageException(
          "--untrusted reads a recording a second time: standard input cannot be");
    }
    return new ConfinedRules(this, recording, limits.budget(trace.bytes()));
  }

  static Path folder(Path script) {
    Path folder = script.toAbsolutePath().getParent();
    if (folder == null) {
      throw new UsageException(script + " is no script");
    }
    return folder;
  }

  @Override
  public void close() {
    judges.close();
  }
}
