package io.tcescope.cli.script;

import io.tcescope.engine.event.Trace;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptError;
import io.tcescope.scripting.ScriptSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rules that run in this process. The engine starts while the first recording is opened.
 *
 * @param engine shared by all recordings
 * @param givenUp rules that were stopped in one recording, and why: those that follow go without
 */
record SandboxedRulebook(
    List<Path> files,
    ScriptSettings settings,
    CompletableFuture<ScriptEngine> engine,
    Map<Path, ScriptError> givenUp)
    implements Rulebook {
  SandboxedRulebook(
      List<Path> files, ScriptSettings settings, CompletableFuture<ScriptEngine> engine) {
    this(files, settings, engine, new ConcurrentHashMap<>());
  }

  SandboxedRulebook {
    files = List.copyOf(files);
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
