package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptRules;
import io.tcescope.scripting.ScriptSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules in this process, watching the same replay as the built-in checks. */
final class SandboxedRules implements RuleSession {
  private final ScriptEngine engine;
  private final List<Path> files;
  private final Trace trace;
  private final ScriptSettings settings;
  private @Nullable ScriptRules rules;

  SandboxedRules(ScriptEngine engine, List<Path> files, Trace trace, ScriptSettings settings) {
    this.engine = engine;
    this.files = files;
    this.trace = trace;
    this.settings = settings;
  }

  @Override
  public Observer observer() {
    close();
    ScriptRules started = ScriptRules.load(engine, files, trace, settings);
    rules = started;
    return started;
  }

  @Override
  public Scripted result() {
    ScriptRules done = rules;
    return done == null
        ? Scripted.NONE
        : new Scripted(
            done.metas(), done.findings(), done.notApplicable(), done.errors(), done.timings());
  }

  @Override
  public void close() {
    if (rules != null) {
      rules.close();
      rules = null;
    }
  }
}
