package io.tcescope.cli;

import io.tcescope.cli.input.Numeral;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Audit;
import io.tcescope.cli.output.CheckDocument;
import io.tcescope.cli.output.CheckText;
import io.tcescope.cli.output.Checked;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.SummaryText;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.check.Finding;
import io.tcescope.queries.index.CaseException;
import io.tcescope.queries.language.Spelling;
import io.tcescope.traces.UnreadableTraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The table of contents of the command line. */
@Command(
    name = "tcescope",
    mixinStandardHelpOptions = true,
    version = "tcescope " + Main.VERSION,
    scope = CommandLine.ScopeType.INHERIT,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Replays recorded TCE and DDW traffic of pSeries guests and says what went wrong.",
      "",
      "A TRACE is a QEMU trace log or simpletrace, kernel tracer text, a guest's dmesg, or neutral",
      "CSV, plain or compressed, told by its bytes; - is standard input. Facts that a recording",
      "does not hold can be given as options; a rule that needs a fact nobody gave is not judged.",
      "",
    },
    commandListHeading = "%nCommands (tcescope COMMAND --help tells more):%n",
    footer = {
      "",
      "Start here:",
      "  tcescope trace.log                        what it is, its windows, what is wrong",
      "  tcescope check trace.log                  every finding with the events that prove it",
      "  tcescope state trace.log --at line:6879   every TCE table at that moment",
      "",
      "Exit codes: 0 clean, 1 findings at error or above (TRACE alone, check), 2 wrong usage,",
      "  3 unreadable input, 69 no JDK 25, 70 a bug or no memory, 74 results cannot be written,",
      "  130 interrupted.",
      "Results are on stdout, everything else on stderr. NO_COLOR is obeyed.",
    })
public final class Main implements Callable<Integer> {
  static final String VERSION = "0.1.0";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin private TogetherOption together = new TogetherOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "TRACE",
      description = "Without a command: each recording on one screen.")
  private List<Path> files = List.of();

  Main() {}

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Results results = Results.ofProcess();
    PrintWriter out = results.writer();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode;
    try {
      exitCode = run(out, err, arguments);
    } catch (OutOfMemoryError e) {
      exitCode = explain(err, Trouble.outOfMemory(), ExitCode.BUG);
    }
    out.flush();
    err.flush(); // by itself it does so at the ends of lines only
    System.exit(results.exitCode(exitCode, err));
  }

  /** Runs one command line; results go to {@code out}, everything else to {@code err}. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    Subcommands.addTo(commandLine, arguments);
    commandLine
        .getCommandSpec()
        .usageMessage()
        .customSynopsis("tcescope TRACE...", "       tcescope COMMAND [OPTIONS] TRACE...");
    return commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Long.class, new Numeral())
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure)
        .execute(arguments);
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String words = String.valueOf(e.getMessage()).replace("option option", "option");
    words = words.replaceFirst(" is not an? (int|long|double)$", " is no number");
    command.getErr().println("tcescope: " + words);
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static int explainFailure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    return switch (e) {
      case UsageException usage -> explain(err, usage.getMessage(), ExitCode.USAGE);
      case UnreadableTraceException it -> explain(err, it.getMessage(), ExitCode.UNREADABLE);
      case CaseException it -> explain(err, it.getMessage(), ExitCode.UNREADABLE);
      case IOException io -> explain(err, Trouble.named(io), ExitCode.UNREADABLE);
      default -> {
        e.printStackTrace(err);
        yield explain(err, "the lines above show a bug of tcescope", ExitCode.BUG);
      }
    };
  }

  private static int explain(PrintWriter err, @Nullable String message, int exitCode) {
    err.println("tcescope: " + message);
    return exitCode;
  }

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "say what to do: a command and a recording");
    }
    suspectMisspeltCommand(files.getFirst());
    Terminal terminal = Commands.terminal(spec);
    Told told = new Told();
    SummaryText summary = new SummaryText(terminal);
    CheckDocument document = new CheckDocument(new Json(terminal.out()));
    boolean text = format.isText();
    Audit audit =
        new Examinations(
                run,
                together.isGiven(),
                text ? CheckText::named : Finding::events,
                terminal,
                checked -> {
                  told.add(checked);
                  if (text) {
                    summary.run(checked);
                  } else {
                    document.run(checked);
                  }
                })
            .of(files);
    List<Checked> runs = told.runs();
    if (!text) {
      document.end(runs, audit, Optional.empty());
    }
    int trouble = Commands.exitCode(terminal, strict.isGiven(), audit, runs);
    if (trouble != ExitCode.CLEAN) {
      return trouble;
    }
    return told.meets(FailOn.ERROR) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  /** A bare word that is no file, but nearly a command, is meant as one. */
  private void suspectMisspeltCommand(Path first) {
    String word = first.toString();
    if (!word.matches("[a-z-]+") || Files.exists(first)) {
      return;
    }
    String suggestion = Spelling.suggestion(word, spec.subcommands().keySet());
    if (!suggestion.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "there is no command or file '" + word + "'" + suggestion);
    }
  }
}
