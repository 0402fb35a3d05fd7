package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.DoctorReport;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.replay.Replay;
import io.tcescope.engine.why.Doctor;
import io.tcescope.engine.why.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a recording can tell, and how to make a better one. */
@Command(
    name = "doctor",
    description = "What a recording tells and cannot tell, and how to record it better.",
    footer = {
      "",
      "Examples:",
      "  tcescope doctor trace.log",
      "  tcescope doctor --recipe guest-ftrace > record.sh",
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private StrictOption strict = new StrictOption();
  @Mixin final OneRun oneRun = new OneRun();

  @Parameters(arity = "0..*", paramLabel = "TRACE", description = "Recordings of one run.")
  private List<Path> files = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "Print the commands of a recipe: qemu, guest-ftrace, guest-bpftrace, kvm, dmesg.")
  private @Nullable String recipe;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Commands.terminal(spec);
    String wanted = recipe;
    if (wanted != null) {
      terminal.out().print(recipe(wanted).commands());
      return ExitCode.CLEAN;
    }
    if (files.isEmpty()) {
      throw new UsageException("name a recording, or a recipe with --recipe");
    }
    try (OpenRun opened = OpenRun.open(run, files)) {
      Trace trace = opened.trace();
      Replay.Result<Doctor> result =
          Replay.run(trace, opened.replay().withReadAhead(true), () -> new Doctor(trace));
      DoctorReport report = new DoctorReport(terminal);
      if (format.isText()) {
        report.text(trace, result.observer().report());
      } else {
        report.json(result.observer().report());
      }
      return Commands.exitCode(terminal, strict.isGiven(), trace, result.health());
    }
  }

  private static Recipe recipe(String name) {
    for (Recipe known : Recipe.values()) {
      if (known.id().equals(name)) {
        return known;
      }
    }
    String names = Arrays.stream(Recipe.values()).map(Recipe::id).collect(Collectors.joining(", "));
    throw new UsageException("there is no recipe '" + name + "', only " + names);
  }
}
