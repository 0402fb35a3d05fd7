package io.tcescope.scripting;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * One script's world: its own globals, its own folder, its own limits. Whatever it does ends as a
 * result or as a {@link ScriptException}.
 */
final class Sandbox implements AutoCloseable {
  /** Only exported methods of the few objects handed over, and buffers of numbers. */
  private static final HostAccess HOST =
      HostAccess.newBuilder(HostAccess.CONSTRAINED)
          .allowBufferAccess(true)
          .allowArrayAccess(true)
          .build();

  private static final Source EMPTY_OBJECT =
      Source.newBuilder("js", "() => ({})", "options.js").internal(true).buildLiteral();

  private final ScriptEngine engine;
  private final Context context;
  private final Watchdog watchdog;
  private final ScriptErrors errors;
  private final boolean limited;
  private boolean armed;
  private boolean dead;

  /** A world for scripts of that folder, with the API of {@code host} in it. */
  Sandbox(ScriptEngine engine, Limits limits, Path folder, String name) {
    ModuleFiles files = new ModuleFiles(folder, Prelude.modules());
    Context.Builder builder =
        Context.newBuilder("js")
            .engine(engine.engine())
            .in(InputStream.nullInputStream())
            .allowHostAccess(HOST)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowEnvironmentAccess(EnvironmentAccess.NONE)
            .allowIO(IOAccess.newBuilder().fileSystem(files).build())
            .timeZone(ZoneOffset.UTC)
            .option("js.esm-eval-returns-exports", "true")
            .option("js.unhandled-rejections", "throw")
            .option("js.allow-eval", Boolean.toString(engine.isInspected()))
            .option("js.graal-builtin", "false")
            .option("js.load", "false")
            .option("js.print", "false")
            .option("js.console", "false")
            .option("js.locale", "en-US");
    if (!engine.isInspected()) {
      builder
          .sandbox(SandboxPolicy.CONSTRAINED)
          .out(OutputStream.nullOutputStream())
          .err(OutputStream.nullOutputStream())
          .resourceLimits(
              ResourceLimits.newBuilder()
                  .statementLimit(limits.statements(), source -> !source.isInternal())
                  .build());
    }
    this.engine = engine;
    this.context = builder.build();
    this.limited = !engine.isInspected();
    this.watchdog = new Watchdog(limits);
    this.errors = new ScriptErrors(name, files.folder(), limits);
  }

  /** From now on the time counts: what follows is the script's own doing. */
  void arm() {
    armed = limited; // who looks at a script in a debugger takes his time
  }

  /** Runs a module of the folder; the answer is what it exports. */
  Value module(Path file) throws ScriptException {
    Source source = engine.known(errors.read(file));
    return call(() -> context.eval(source));
  }

  /** Evaluates a text that is not the script's own. */
  Value evaluate(Source source) throws ScriptException {
    return call(() -> context.eval(source));
  }

  /** Does something in the script's world, within the limits. */
  <T> T call(Supplier<T> action) throws ScriptException {
    if (dead) {
      throw new ScriptException(errors.plain("was stopped before"));
    }
    try {
      context.resetLimits();
      if (armed) {
        watchdog.begin(context);
      }
      return action.get();
    } catch (PolyglotException e) {
      dead = e.isCancelled() || e.isResourceExhausted();
      throw new ScriptException(errors.explain(e, watchdog.verdict()));
    } catch (IllegalStateException e) {
      dead = true; // the watchdog closed the context between two steps, or two calls
      throw new ScriptException(errors.plain(String.valueOf(watchdog.verdict())));
    } finally {
      watchdog.end();
    }
  }

  /** The same, for what has no result. */
  void run(Runnable action) throws ScriptException {
    call(
        () -> {
          action.run();
          return Boolean.TRUE;
        });
  }

  /** Makes a value visible to everything that runs in the sandbox, until it is taken back. */
  void hand(String name, Value value) {
    context.getBindings("js").putMember(name, value);
  }

  void takeBack(String name) {
    context.getBindings("js").removeMember(name);
  }

  /** The values as an object of the script's own world. */
  Value object(Map<String, Object> values) throws ScriptException {
    return call(
        () -> {
          Value object = context.eval(EMPTY_OBJECT).execute();
          values.forEach(object::putMember);
          return object;
        });
  }

  /** True if a limit was reached, which ends everything. */
  boolean isDead() {
    return dead;
  }

  ScriptErrors errors() {
    return errors;
  }

  @Override
  public void close() {
    watchdog.close();
    context.close(true);
  }
}
