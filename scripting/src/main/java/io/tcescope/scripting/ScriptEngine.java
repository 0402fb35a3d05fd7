package io.tcescope.scripting;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;

/**
 * The JavaScript engine of a process: compiled code is shared by all scripts, nothing else is.
 * Expensive to start, so it is started only for commands that run scripts, beside other work.
 */
public final class ScriptEngine implements AutoCloseable {
  private static final String INTERPRETER = "Interpreted";

  private final Engine engine;
  private final boolean inspected;

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
    CompletableFuture<ScriptEngine> started = new CompletableFuture<>();
    Thread.ofPlatform().name("script engine").daemon().start(() -> complete(started));
    return started;
  }

  private static void complete(CompletableFuture<ScriptEngine> started) {
    try {
      started.complete(start());
    } catch (RuntimeException | Error e) {
      started.completeExceptionally(e);
    }
  }

  /**
   * Starts an engine whose scripts a debugger can stop, on that port of this machine (Chrome
   * DevTools protocol). A debugger can do what it likes, so such an engine is no sandbox.
   *
   * @param log where the debugger's address is told
   */
  public static ScriptEngine inspected(OptionalInt port, OutputStream log) {
    String value = port.isPresent() ? Integer.toString(port.getAsInt()) : "true";
    Engine engine =
        Engine.newBuilder()
            .out(log)
            .err(log)
            .option("engine.WarnInterpreterOnly", "false")
            .option("inspect", value)
            .build();
    return new ScriptEngine(engine, true);
  }

  /** True if frequently executed script code is compiled; else it is interpreted. */
  public boolean optimizes() {
    return !engine.getImplementationName().equals(INTERPRETER);
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
