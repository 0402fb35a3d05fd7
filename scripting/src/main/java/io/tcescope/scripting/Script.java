package io.tcescope.scripting;

import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.replay.ReplayOptions;
import io.tcescope.engine.state.IommuState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** A script over a replayed recording: run as a file, or line by line as it is typed. */
public final class Script implements AutoCloseable {
  private static final String TYPED = "typed.js";
  private static final String MEMBERS =
      """
      (() => {
        const all = [];
        for (let o = OWNER; o !== null && o !== undefined; o = Object.getPrototypeOf(o)) {
          all.push(...Object.getOwnPropertyNames(Object(o)));
        }
        return [...new Set(all)].sort();
      })()
      """;

  private final Trace trace;
  private final ReplayOptions options;
  private final IommuState.Rules rules;
  private final ScriptEngine engine;
  private final ScriptSettings settings;
  private final TimeTravel travel;
  private final Path folder;
  private ScriptRun run;
  private ScriptRule script;

  private Script(
      ScriptEngine engine, Trace trace, ScriptSettings settings, ReplayOptions options, Path folder)
      throws ScriptException {
    this.trace = trace;
    Replay.Result<TimeTravel> replayed =
        Replay.run(trace, options, () -> TimeTravel.ofScript(trace));
    this.options = options;
    this.rules = replayed.rules();
    this.engine = engine;
    Limits whole = settings.limits().forEvents(replayed.state().events());
    this.settings = settings.withLimits(whole);
    this.travel = replayed.observer();
    this.folder = folder;
    this.run = new ScriptRun(this.settings, travel);
    this.script = new ScriptRule(engine, run, folder, "script", true);
    run.add(script);
  }

  /** True if nothing can be run any more, because a limit was reached. */
  public boolean isStopped() {
    return script.sandbox().isDead();
  }

  /** Begins afresh over the same replay; what was defined is gone. */
  public void restart() throws ScriptException {
    script.close();
    run = new ScriptRun(settings, travel);
    script = new ScriptRule(engine, run, folder, "script", true);
    run.add(script);
  }

  /** Replays a recording and opens it for scripts of a folder. */
  public static Script open(
      ScriptEngine engine, Trace trace, ScriptSettings settings, ReplayOptions options, Path folder)
      throws ScriptException {
    return new Script(engine, trace, settings, options, folder);
  }

  /** Runs a script, then its handlers over the whole recording. */
  public void run(Path file) throws ScriptException {
    Path path = file.toAbsolutePath();
    script.rename(String.valueOf(path.getFileName()));
    script.sandbox().module(path);
    Value kit = script.kit();
    if (script.sandbox().call(() -> kit.getMember("handlers").execute().asInt()) == 0) {
      return;
    }
    script.start("startHandlers");
    Replay.run(trace, rules, options, new DerivedEvents(run));
    ScriptError error = script.error();
    if (error != null) {
      throw new ScriptException(error);
    }
  }

  /** Evaluates a typed line; the answer is its value as text, empty if it has none. */
  public String evaluate(String line) throws ScriptException {
    Source source = Source.newBuilder("js", line, TYPED).buildLiteral();
    Value kit = script.kit();
    Value value = script.sandbox().evaluate(source);
    return script.sandbox().call(() -> kit.getMember("answer").execute(value).asString());
  }

  /** Names that go on with what was typed: globals, or members of what stands before the dot. */
  public List<String> complete(String typed) {
    int dot = typed.lastIndexOf('.');
    String owner = dot < 0 ? "globalThis" : typed.substring(0, dot);
    String prefix = typed.substring(dot + 1);
    if (!owner.matches("[\\w.]+")) {
      return List.of();
    }
    String members = MEMBERS.replace("OWNER", owner);
    List<String> names = new ArrayList<>();
    try {
      Value list =
          script.sandbox().evaluate(Source.newBuilder("js", members, TYPED).buildLiteral());
      for (long i = 0; i < list.getArraySize(); i++) {
        String name = list.getArrayElement(i).asString();
        if (name.startsWith(prefix)) {
          names.add(dot < 0 ? name : owner + "." + name);
        }
      }
    } catch (ScriptException e) {
      return List.of(); // what stands before the dot is nothing yet
    }
    return names;
  }

  @Override
  public void close() {
    script.close();
  }
}
