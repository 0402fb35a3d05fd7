package io.tcescope.cli.script;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.ScriptedText;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.scripting.Script;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptException;
import io.tcescope.scripting.ScriptSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a script over a recording. */
@Command(
    name = "run",
    description = "Run a script over a recording.",
    footer = {
      "",
      "Examples:",
      "  tcescope run windows.js trace.log",
      "  tcescope run address.js trace.log -- 0x1f000",
    })
public final class RunScriptCommand implements Callable<Integer> {
  private static final int BROKEN = 2;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private Debugging debugging = new Debugging();
  @Mixin private ScriptLimits limits = new ScriptLimits();
  @Mixin private Untrusted untrusted = new Untrusted();

  @Parameters(index = "0", paramLabel = "SCRIPT", description = "The script, a JavaScript module.")
  private Path script = Path.of("");

  @Parameters(index = "1", paramLabel = "TRACE", description = "The recording; - is stdin.")
  private Path file = Path.of("");

  @Parameters(index = "2..*", paramLabel = "ARGS", description = "What the script finds in args.")
  private List<String> arguments = List.of();

  RunScriptCommand() {}

  @Override
  public Integer call() throws IOException {
    return untrusted.isWanted() ? apart() : here();
  }

  private int apart() throws IOException {
    debugging.refuse("--untrusted");
    if (file.toString().equals("-")) {
      throw new UsageException("--untrusted has no standard input: name the recording");
    }
    List<Path> visible = new ArrayList<>(run.files());
    visible.add(file);
    visible.add(ConfinedRulebook.folder(script));
    try (Trace trace = run.open(List.of(file))) {
      return untrusted.runCommand(visible, limits.budget(trace.bytes()));
    }
  }

  private int here() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CompletableFuture<ScriptEngine> starting = debugging.startEngine();
    ScriptSettings settings =
        ScriptSettings.with(new QueryFilters())
            .withLimits(limits.limits())
            .withArguments(arguments)
            .withOutput(out::println);
    Path folder = ConfinedRulebook.folder(script);
    try (Trace trace = run.open(List.of(file));
        ScriptEngine engine = starting.join();
        Script opened = Script.open(engine, trace, settings, run.replay(), folder)) {
      opened.run(script);
      return 0;
    } catch (ScriptException e) {
      out.flush();
      ScriptedText.error(spec.commandLine().getErr(), e.error());
      return BROKEN;
    }
  }
}
