package io.tcescope.cli.script;

import io.tcescope.cli.output.Scripted;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Observer;
import io.tcescope.scripting.ScriptRules;
import org.jspecify.annotations.Nullable;

/** Rules in this process, watching the same replay as the built-in checks. */
final class SandboxedRules implements RuleSession {
  private final SandboxedRulebook book;
  private final Trace trace;
  private @Nullable ScriptRules rules;

  SandboxedRules(SandboxedRulebook book, Trace trace) {
    this.book = book;
    this.trace = trace;
  }

  @Override
  public Observer observer() {
    close();
    ScriptRules started =
        ScriptRules.load(book.engine().join(), book.rules().files(), trace, book.settings());
    rules = started;
    return started;
  }

  @Override
  public Scripted result() {
    ScriptRules done = rules;
    if (done == null) {
      return Scripted.NONE;
    }
    done.stopped().forEach((file, error) -> book.rules().stopped(file, error.script()));
    return new Scripted(
        done.metas(),
        done.findings(),
        done.notApplicable(),
        done.errors(),
        done.timings(),
        done.printed());
  }

  @Override
  public void close() {
    if (rules != null) {
      rules.close();
      rules = null;
    }
  }
}
