package io.tcescope.cli;

import io.tcescope.cli.input.OpenRun;
import io.tcescope.cli.input.RunOptions;
import io.tcescope.cli.output.EventCsv;
import io.tcescope.cli.output.EventJson;
import io.tcescope.cli.output.Json;
import io.tcescope.cli.output.ProgressBar;
import io.tcescope.cli.output.References;
import io.tcescope.cli.output.Terminal;
import io.tcescope.engine.event.Event;
import io.tcescope.engine.event.Trace;
import io.tcescope.engine.event.TraceReader;
import io.tcescope.engine.state.IommuState;
import io.tcescope.queries.language.EventFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A recording's events in a format that other programs read. */
@Command(
    name = "export",
    description = "Write the events of a recording as neutral CSV or as JSON lines.",
    footer = {
      "",
      "Addresses are resolved by the replay: 'ioba' is where a call began, 'iobaRecorded' what",
      "the record says. What QEMU tells in a way that the CSV has no column for, as one value of",
      "a list, stands in its 'text' as QEMU's log has it; its first row says who recorded it.",
      "",
      "Examples:",
      "  tcescope export --to csv trace.log >calls.csv",
      "  tcescope export --to ndjson trace.log | jq 'select(.ret == \"H_PARAMETER\")'",
    })
final class ExportCommand implements Callable<Integer> {
  /** What to write. */
  enum Target {
    CSV,
    NDJSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin final OneRun oneRun = new OneRun();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "The recording; several are parts of one run; - is stdin.")
  private List<Path> files = List.of();

  @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "csv or ndjson.")
  private Target target = Target.NDJSON;

  @Option(names = "--strict", description = "Exit 3 if the recording is damaged or lossy.")
  private boolean strict;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Commands.terminal(spec);
    try (OpenRun opened = OpenRun.open(run, files)) {
      Trace trace = opened.trace();
      IommuState.Rules rules = rules(terminal, opened);
      TraceReader reader = trace.read(1);
      IommuState state = new IommuState(rules);
      switch (target) {
        case CSV -> csv(terminal, trace, reader, state);
        case NDJSON -> {
          References references = new References(trace.files());
          write(reader, state, new EventJson(new Json(terminal.out()), references)::line);
        }
      }
      return Commands.exitCode(terminal, strict, trace, reader.health());
    }
  }

  /** How to read the recording is known only when all of it has been seen once. */
  private static IommuState.Rules rules(Terminal terminal, OpenRun opened) {
    long bytes = opened.trace().bytes();
    try (ProgressBar progress = new ProgressBar(terminal, "replaying", bytes)) {
      return opened.rules(progress);
    }
  }

  private static void write(
      TraceReader reader, IommuState state, BiConsumer<Event, EventFacts> writer) {
    Event event = new Event();
    EventFacts facts = new EventFacts();
    while (reader.next(event)) {
      writer.accept(event, facts.of(event, state.apply(event)));
    }
  }

  private static void csv(Terminal terminal, Trace trace, TraceReader reader, IommuState state) {
    EventCsv csv = new EventCsv(terminal.exact());
    csv.recordedBy(trace, state.rules().platform());
    write(reader, state, csv::row);
    if (!csv.untold().isEmpty()) {
      terminal.out().flush();
      terminal
          .err()
          .println(
              "tcescope: the neutral CSV has no column for all that these records hold, by call: "
                  + csv.untold()
                  + "; a check of it finds less");
    }
  }
}
