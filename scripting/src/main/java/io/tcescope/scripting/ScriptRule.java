package io.tcescope.scripting;

import io.tcescope.engine.check.Finding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** One rule in its own sandbox, with the rows that wait for it and what it has found. */
final class ScriptRule implements AutoCloseable {
  static final int SELECTED_SHIFT = 6;
  private static final int MOST_FINDINGS = 100_000;

  private final ScriptRun run;
  private final Sandbox sandbox;
  private final Value kit;
  private final IntBuffer selected;
  private final ByteBuffer selection;
  private final Handled handled;
  private final List<Finding> findings = new ArrayList<>();
  private final PrintedLines printed = new PrintedLines();
  private final boolean script;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final List<Subscription> batches = new ArrayList<>();
  private String name;
  private @Nullable Value loaded;
  private @Nullable Value runner;
  private @Nullable ScriptError error;
  private int waiting;
  private long nanos;

  /** A sandbox with the API in it and nothing else yet. */
  ScriptRule(ScriptEngine engine, ScriptRun run, Path folder, String name, boolean script)
      throws ScriptException {
    this.run = run;
    this.script = script;
    this.name = name;
    this.selection =
        ByteBuffer.allocateDirect(EventBatch.ROWS * Integer.BYTES).order(ByteOrder.nativeOrder());
    this.selected = selection.asIntBuffer();
    this.handled = new Handled(run.rows(), selected, batches);
    this.sandbox = new Sandbox(engine, run.limits(), folder, name);
    try {
      this.kit = prelude();
    } catch (ScriptException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private Value prelude() throws ScriptException {
    sandbox.evaluate(Prelude.lockdown()).executeVoid();
    Value made =
        sandbox.evaluate(Prelude.guard()).execute(new ScriptHost(this, run), ScriptHost.METHODS);
    for (Source part : Prelude.parts(script)) {
      Value function = sandbox.evaluate(part);
      sandbox.run(() -> function.executeVoid(made));
    }
    sandbox.hand(Prelude.HANDOVER, made.getMember("api"));
    sandbox.evaluate(Prelude.modulesLoader());
    sandbox.takeBack(Prelude.HANDOVER);
    sandbox.arm();
    return made;
  }

  /** Loads the rule of a file; the answer says what it is. */
  RuleMeta load(Path file) throws ScriptException {
    Value rule = sandbox.module(file).getMember("default");
    boolean isRule =
        rule != null && sandbox.call(() -> kit.getMember("isRule").execute(rule).asBoolean());
    if (rule == null || !isRule) {
      throw new ScriptException(
          sandbox.errors().at(file, "does not export a rule: export default defineRule({...})"));
    }
    RuleMeta meta = sandbox.call(() -> RuleMeta.of(rule.getMember("meta")));
    name = meta.id();
    sandbox.errors().rename(name);
    loaded = rule;
    return meta;
  }

  /** Makes the handlers of the loaded rule. */
  void start(Map<String, Object> options, Path file) throws ScriptException {
    Value rule = loaded;
    if (rule == null) {
      throw new IllegalStateException("no rule was loaded");
    }
    sandbox.errors().function("create", rule.getMember("create").getSourceLocation());
    Value given = sandbox.object(options);
    try {
      runner = sandbox.call(() -> kit.getMember("startTold").execute(rule, given));
    } catch (ScriptException e) {
      throw e.error().file().isEmpty()
          ? new ScriptException(sandbox.errors().at(file, e.error().message()))
          : e;
    }
  }

  /** Makes the handlers of something that the prelude holds itself: a test case, a script's. */
  void start(String function, Object... arguments) throws ScriptException {
    runner = sandbox.call(() -> kit.getMember(function).execute(arguments));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Value kit() {
    return kit;
  }

  String name() {
    return name;
  }

  void rename(String other) {
    name = other;
    sandbox.errors().rename(other);
  }

  /** Where the prelude reads which rows are meant, and for which handler. */
  Object selection() {
    return selection.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
  }

  /** Where the prelude notes how far it is with them. */
  Object progress() {
    return handled.progress();
  }

  /** A handler, so that errors in it can be placed. */
  void subscribed(String kind, Value function) {
    sandbox.errors().function(kind, function.getSourceLocation());
  }

  void subscribedBatch(Subscription subscription) {
    batches.add(subscription);
  }

  /** A row of the shared batch is for one of the handlers; it is handed over later. */
  void select(int row, int handler) {
    selected.put(waiting++, row << SELECTED_SHIFT | handler);
    if (waiting == EventBatch.ROWS) {
      flush();
    }
  }

  /** Hands over everything that waits. */
  void flush() {
    if (waiting > 0) {
      int count = waiting;
      waiting = 0;
      handled.rows();
      enter("rows", run.place(), count);
    }
    for (Subscription batch : batches) {
      int count = batch.takeWaiting();
      if (count > 0) {
        handled.batch(batch);
        enter("batch", run.place(), batch.handler(), count);
      }
    }
  }

  /** Hands over one rare event at once, behind everything that waits. */
  void deliver(int row, int handler, ScriptKind kind) {
    flush();
    selected.put(0, row << SELECTED_SHIFT | handler);
    handled.rows();
    enter("derived", run.place(), kind.code());
  }

  private void enter(String function, Object... arguments) {
    Value handlers = runner;
    if (handlers == null || error != null) {
      return;
    }
    long before = System.nanoTime();
    try {
      sandbox.run(() -> handlers.invokeMember(function, arguments));
    } catch (ScriptException e) {
      failed(e.error());
    }
    nanos += System.nanoTime() - before;
  }

  /** Takes a finding; a rule that finds without end is stopped. */
  void found(Finding finding) {
    if (findings.size() == MOST_FINDINGS) {
      String why = "stopped: reported more than " + MOST_FINDINGS + " findings";
      failed(sandbox.errors().plain(why));
      throw new IllegalStateException(why);
    }
    findings.add(finding);
  }

  /** A script prints what it is asked for, a rule beside the findings. */
  void print(String text) {
    if (script) {
      run.print(text);
    } else {
      printed.add(handled.event(), text);
    }
  }

  List<Printed> printed() {
    return printed.of(name);
  }

  void notApplicable(String reason) {
    reasons.add(reason);
  }

  void failed(ScriptError what) {
    error = what.at(handled.event(), handled.from());
  }

  /** What is wrong with the rule, null if nothing was found wrong. */
  @Nullable ScriptError error() {
    return error;
  }

  List<Finding> findings() {
    return findings;
  }

  Set<String> reasons() {
    return reasons;
  }

  /** Time spent in the rule. */
  long nanos() {
    return nanos;
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
