package io.tcescope.cli.script;

import io.tcescope.engine.event.Trace;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Rules that run in this process. The engine starts while the first recording is opened.
 *
 * @param engine shared by all recordings
 */
record SandboxedRulebook(
    TriedRules rules, ScriptSettings settings, CompletableFuture<ScriptEngine> engine)
    implements Rulebook {
  @Override
  public void giveUp(String rule) {
    rules.giveUp(rule);
  }

  @Override
  public RuleSession open(Trace trace, List<Path> recording) {
    return new SandboxedRules(this, trace);
  }

  @Override
  public void close() {
    engine.join().close();
  }
}
