package io.tcescope.cli.script;

import io.tcescope.cli.input.RunOptions;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.scripting.Script;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptException;
import io.tcescope.scripting.ScriptSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers JavaScript about a replayed recording, line by line. */
@Command(
    name = "repl",
    description = "Explore a recording by typing JavaScript.",
    footer = {
      "",
      "trace is the recording. On a terminal Tab completes, the arrow keys go through what was"
          + " typed",
      "before, and Ctrl-D ends. Otherwise standard input is read line by line; the exit code is 2"
          + " if a",
      "line failed.",
      "",
      "Examples:",
      "  trace.windows()",
      "  trace.window(0x80000000n).tce(0x1000n)",
      "  trace.events({where: \"ret < 0\"}).count()",
      "  console.table(trace.windows().map(w => ({liobn: w.liobn, live: w.mapped})))",
    })
public final class ReplCommand implements Callable<Integer> {
  private static final String PROMPT = "> ";
  private static final int BROKEN = 2;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private ScriptLimits limits = new ScriptLimits();

  @Parameters(index = "0", paramLabel = "TRACE", description = "The recording.")
  private Path file = Path.of("");

  ReplCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CompletableFuture<ScriptEngine> starting = ScriptEngine.startAside();
    ScriptSettings settings =
        ScriptSettings.with(new QueryFilters())
            .withLimits(limits.limits())
            .withOutput(out::println);
    Path here = Path.of("").toAbsolutePath();
    try (Trace trace = run.open(List.of(file));
        ScriptEngine engine = starting.join();
        Script script = Script.open(engine, trace, settings, run.replay(), here)) {
      if (Boolean.getBoolean("tcescope.stdin.terminal")) {
        converse(script);
        return 0;
      }
      return answerAll(script) ? 0 : BROKEN;
    } catch (ScriptException e) {
      throw new IllegalStateException(e); // not by anything that was typed
    }
  }

  /** True if every line had an answer. */
  private boolean answerAll(Script script) throws IOException, ScriptException {
    boolean all = true;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      all &= answer(script, line);
    }
    return all;
  }

  private void converse(Script script) throws IOException, ScriptException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader = reader(terminal, script);
      while (true) {
        try {
          answer(script, reader.readLine(PROMPT));
        } catch (UserInterruptException e) {
          terminal.writer().println(); // a line thought better of
        } catch (EndOfFileException e) {
          return;
        }
      }
    }
  }

  private static LineReader reader(Terminal terminal, Script script) throws IOException {
    DefaultParser parser = new DefaultParser();
    parser.setEofOnUnclosedBracket(
        DefaultParser.Bracket.CURLY, DefaultParser.Bracket.ROUND, DefaultParser.Bracket.SQUARE);
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .parser(parser)
        .variable(LineReader.HISTORY_FILE, history())
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, ". ")
        .completer(
            (line, typed, candidates) ->
                script.complete(typed.word()).stream()
                    .map(name -> new Candidate(name, name, null, null, null, null, false))
                    .forEach(candidates::add))
        .build();
  }

  /** Where typed lines are remembered, by the custom of Linux desktops. */
  private static Path history() throws IOException {
    String state = System.getenv().getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"), ".local", "state");
    Path folder = (state.isEmpty() ? home : Path.of(state)).resolve("tcescope");
    return Files.createDirectories(folder).resolve("history");
  }

  private boolean answer(Script script, String line) throws ScriptException {
    PrintWriter out = spec.commandLine().getOut();
    if (line.isBlank()) {
      return true;
    }
    try {
      String value = script.evaluate(line);
      if (!value.isEmpty()) {
        out.println(value);
      }
      return true;
    } catch (ScriptException e) {
      out.println(e.error().message());
      if (script.isStopped()) {
        script.restart();
        out.println("what was defined before is gone: the next line begins afresh");
      }
      return false;
    } finally {
      out.flush();
    }
  }
}
