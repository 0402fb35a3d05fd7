package io.tcescope.cli.script;

import io.tcescope.cli.input.UsageException;
import io.tcescope.scripting.ScriptEngine;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether scripts wait for a debugger. */
final class Debugging {
  @Option(
      names = "--inspect",
      arity = "0..1",
      fallbackValue = "9229",
      paramLabel = "PORT",
      description =
          "Wait for a debugger (Chrome DevTools, VS Code) on that port of this machine, default"
              + " 9229. Lifts the sandbox's limits: for rules you trust.")
  private @Nullable Integer port;

  /** Says that a debugger does not go with that option. */
  void refuse(String option) {
    if (port != null) {
      throw new UsageException("--inspect lifts the limits that " + option + " is for");
    }
  }

  /** Begins to start the engine. */
  CompletableFuture<ScriptEngine> startEngine() {
    Integer chosen = port;
    return chosen == null
        ? ScriptEngine.startAside()
        : ScriptEngine.startAside(() -> ScriptEngine.inspected(chosen, System.err));
  }
}
