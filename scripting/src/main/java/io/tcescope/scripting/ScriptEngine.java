package io.tcescope.scripting;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;

/**
 * The JavaScript engine of a process: compiled code is shared by all scripts, nothing else is.
 * Expensive to start, so it is started only for commands that run scripts, beside other work.
 */
public final class ScriptEngine implements AutoCloseable {
  private static final String INTERPRETER = "Interpreted";

  private final Engine engine;
  private final boolean inspected;

  /** What is not held is parsed and compiled anew for the next script. */
  private final Map<Source, Source> sources = new ConcurrentHashMap<>();

  private ScriptEngine(Engine engine, boolean inspected) {
    this.engine = engine;
    this.inspected = inspected;
  }

  /** Starts an engine. */
  public static ScriptEngine start() {
    Engine engine =
        Engine.newBuilder("js")
            .sandbox(SandboxPolicy.CONSTRAINED)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    return new ScriptEngine(engine, false);
  }

  /** Starts an engine on another thread, while a recording is opened. */
  public static CompletableFuture<ScriptEngine> startAside() {
    return startAside(ScriptEngine::start);
  }

  /** The same for an engine that is started in another way. */
  public static CompletableFuture<ScriptEngine> startAside(Supplier<ScriptEngine> start) {
    CompletableFuture<ScriptEngine> started = new CompletableFuture<>();
    Thread.ofPlatform().name("script engine").daemon().start(() -> complete(started, start));
    return started;
  }

  private static void complete(
      CompletableFuture<ScriptEngine> started, Supplier<ScriptEngine> start) {
    try {
      started.complete(start.get());
    } catch (RuntimeException | Error e) {
      started.completeExceptionally(e);
    }
  }

  /**
   * Starts an engine whose scripts wait for a debugger and can be stopped by it, on that port of
   * this machine (Chrome DevTools protocol). A debugger can do what it likes, so such an engine is
   * no sandbox.
   *
   * @param log where the debugger's address is told
   */
  public static ScriptEngine inspected(int port, OutputStream log) {
    Engine engine =
        Engine.newBuilder()
            .out(log)
            .err(log)
            .option("engine.WarnInterpreterOnly", "false")
            .option("inspect", Integer.toString(port))
            .build();
    return new ScriptEngine(engine, true);
  }

  /** True if frequently executed script code is compiled; else it is interpreted. */
  public boolean optimizes() {
    return !engine.getImplementationName().equals(INTERPRETER);
  }

  /** The same text as before, if it was met before. */
  Source known(Source source) {
    Source before = sources.putIfAbsent(source, source);
    return before == null ? source : before;
  }

  Engine engine() {
    return engine;
  }

  boolean isInspected() {
    return inspected;
  }

  @Override
  public void close() {
    engine.close(true);
  }
}
