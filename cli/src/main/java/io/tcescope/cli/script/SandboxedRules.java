package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.scripting.ScriptError;
import io.tcescope.scripting.ScriptRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules in this process, watching the same replay as the built-in checks. */
final class SandboxedRules implements RuleSession {
  private final SandboxedRulebook book;
  private final Trace trace;
  private List<ScriptError> before = List.of();
  private @Nullable ScriptRules rules;

  SandboxedRules(SandboxedRulebook book, Trace trace) {
    this.book = book;
    this.trace = trace;
  }

  @Override
  public Observer observer() {
    close();
    Map<Path, ScriptError> givenUp = new LinkedHashMap<>(book.givenUp());
    List<Path> files = book.files().stream().filter(file -> !givenUp.containsKey(file)).toList();
    ScriptRules started = ScriptRules.load(book.engine().join(), files, trace, book.settings());
    before = List.copyOf(givenUp.values());
    rules = started;
    return started;
  }

  @Override
  public Scripted result() {
    ScriptRules done = rules;
    if (done == null) {
      return Scripted.NONE;
    }
    book.givenUp().putAll(done.stopped());
    List<ScriptError> errors = new ArrayList<>(before);
    errors.addAll(done.errors());
    return new Scripted(
        done.metas(), done.findings(), done.notApplicable(), errors, done.timings());
  }

  @Override
  public void close() {
    if (rules != null) {
      rules.close();
      rules = null;
    }
  }
}
