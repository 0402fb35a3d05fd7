package io.tcescope.cli.script;

import io.tcescope.engine.event.Trace;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The rules in JavaScript that a command was given, for all recordings it looks at. The engine
 * starts while the first recording is opened, and not at all without rules.
 */
public final class Rulebook implements AutoCloseable {
  /** No rules. */
  public static final Rulebook EMPTY =
      new Rulebook(
          List.of(),
          ScriptSettings.with(text -> (event, change) -> true),
          new CompletableFuture<>());

  private final List<Path> files;
  private final ScriptSettings settings;
  private final CompletableFuture<ScriptEngine> engine;

  Rulebook(List<Path> files, ScriptSettings settings, CompletableFuture<ScriptEngine> engine) {
    this.files = List.copyOf(files);
    this.settings = settings;
    this.engine = engine;
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** The rules for one recording; several may be open at a time, each on a thread of its own. */
  public RuleSession open(Trace trace) {
    return files.isEmpty()
        ? RuleSession.NONE
        : new SandboxedRules(engine.join(), files, trace, settings);
  }

  @Override
  public void close() {
    if (!files.isEmpty()) {
      engine.join().close();
    }
  }
}
