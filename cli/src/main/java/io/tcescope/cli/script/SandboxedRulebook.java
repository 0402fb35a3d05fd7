package io.tcescope.cli.script;

import io.tcescope.engine.event.Trace;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rules that run in this process. The engine starts while the first recording is opened.
 *
 * @param engine shared by all recordings
 * @param stopped rules that ran into a limit in some recording, by the names that they bear
 * @param givenUp names of rules that need not be tried any more
 */
record SandboxedRulebook(
    List<Path> files,
    ScriptSettings settings,
    CompletableFuture<ScriptEngine> engine,
    Map<Path, String> stopped,
    Set<String> givenUp)
    implements Rulebook {
  SandboxedRulebook(
      List<Path> files, ScriptSettings settings, CompletableFuture<ScriptEngine> engine) {
    this(files, settings, engine, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
  }

  SandboxedRulebook {
    files = List.copyOf(files);
  }

  @Override
  public void giveUp(String rule) {
    givenUp.add(rule);
  }

  /** The files of rules that are still tried. */
  List<Path> tried() {
    return files.stream()
        .filter(file -> !givenUp.contains(stopped.getOrDefault(file, "")))
        .toList();
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
